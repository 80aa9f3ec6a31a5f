import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import { futureValue, type SavingsPlan } from './future-value.ts';
import { goalProbability, simulatedGoalProbability } from './goal-probability.ts';
import { requiredReturn } from './required-return.ts';
import { growthModel, terminalWealth } from './terminal-wealth.ts';

const plan: SavingsPlan = { presentValue: 5_000, contribution: 500, periodsPerYear: 12, years: 6 };

describe('future value', () => {
  it('adds contributions at the end of each month', () => {
    expect(futureValue(plan, 0)).toBeCloseTo(5_000 + 72 * 500, 9);
    const monthly = 1.06 ** (1 / 12) - 1;
    const annuity = (500 * (1.06 ** 6 - 1)) / monthly;
    expect(futureValue(plan, 0.06)).toBeCloseTo(5_000 * 1.06 ** 6 + annuity, 6);
  });

  it('refuses numbers that make no sense', () => {
    expect(() => futureValue({ ...plan, years: -1 }, 0.05)).toThrow(/at least 0/);
    expect(() => futureValue(plan, -1)).toThrow(/above -1/);
  });
});

describe('the required return', () => {
  it('brings the plan to the amount exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0.5, max: 40, noNaN: true }),
        fc.double({ min: 0.0001, max: 0.9, noNaN: true }),
        (presentValue, contribution, years, rate) => {
          const own = { presentValue, contribution, periodsPerYear: 12, years };
          const amount = futureValue(own, rate);
          fc.pre(amount > futureValue(own, 0) * (1 + 1e-9));
          const found = requiredReturn(own, amount);
          expect(found.kind).toBe('required');
          if (found.kind === 'required') expect(found.annualReturn).toBeCloseTo(rate, 6);
        },
      ),
      { seed: 20_260_501 },
    );
  });

  it('says when the goal is met, when saving is enough and when nothing helps', () => {
    expect(requiredReturn(plan, 4_000)).toEqual({ kind: 'already-there' });
    const enough = requiredReturn(plan, 40_000);
    expect(enough.kind).toBe('savings-suffice');
    if (enough.kind === 'savings-suffice') expect(enough.annualReturn).toBeLessThanOrEqual(0);
    const never = requiredReturn(plan, 1e9);
    expect(never).toMatchObject({ kind: 'unreachable', highestReturn: 1 });
    const late = requiredReturn({ ...plan, years: 0 }, 6_000);
    expect(late).toEqual({ kind: 'unreachable', highestReturn: 1, reaches: 5_000 });
  });
});

describe('the probability of a goal', () => {
  it('by moments agrees with simulation within two points', () => {
    const model = growthModel(0.07, 0.14);
    for (const amount of [40_000, 48_000, 55_000, 65_000]) {
      const quick = goalProbability(plan, amount, model);
      const slow = simulatedGoalProbability(plan, amount, model, { seed: 5, pairs: 10_000 });
      expect(quick.method).toBe('moments');
      expect(slow.standardError).toBeLessThan(0.005);
      expect(Math.abs(quick.probability - slow.probability)).toBeLessThan(0.02);
    }
  });

  it('repeats a simulation for its seed', () => {
    const model = growthModel(0.05, 0.1);
    const run = (seed: number) =>
      simulatedGoalProbability(plan, 48_000, model, { seed, pairs: 500 });
    expect(run(1)).toEqual(run(1));
  });

  it('is certain without volatility', () => {
    const model = growthModel(0.05, 0);
    const reached = futureValue(plan, 0.05);
    expect(goalProbability(plan, reached - 1, model).probability).toBe(1);
    expect(goalProbability(plan, reached + 1, model).probability).toBe(0);
  });
});

describe.skipIf(!oraclesPresent)('published goals (skipped without ../shared/oracles)', () => {
  it('goal-001: probability of doubling a lump sum in 12 years', () => {
    const { inputs, expected, tolerance } = oracle<
      Record<'W0' | 'G' | 'mu' | 'sigma' | 'T', number>,
      number
    >('goal-001');
    const lump = { presentValue: inputs.W0, contribution: 0, periodsPerYear: 1, years: inputs.T };
    const model = { drift: inputs.mu, volatility: inputs.sigma };
    const exact = goalProbability(lump, inputs.G, model);
    expect(exact.method).toBe('closed-form');
    expect(Math.abs(exact.probability - expected)).toBeLessThan(Math.min(tolerance, 1e-12));
    const tried = simulatedGoalProbability(lump, inputs.G, model, { seed: 1, pairs: 20_000 });
    expect(Math.abs(tried.probability - expected)).toBeLessThan(4 * tried.standardError);
  });

  it('goal-006: mean and deviation of wealth with contributions', () => {
    const { inputs, expected, tolerance } = oracle<
      Record<'W0' | 'mu' | 'sigma' | 'T' | 'contribution', number> & {
        exact: { mean: number; sd: number };
      },
      { mean_rel: number; sd_rel: number }
    >('goal-006');
    const found = terminalWealth(
      {
        presentValue: inputs.W0,
        contribution: inputs.contribution,
        periodsPerYear: 1,
        years: inputs.T,
      },
      { drift: inputs.mu, volatility: inputs.sigma },
    );
    expect(Math.abs(found.mean / inputs.exact.mean - expected.mean_rel)).toBeLessThan(1e-10);
    const deviation = found.standardDeviation / inputs.exact.sd;
    expect(Math.abs(deviation - expected.sd_rel)).toBeLessThan(Math.min(tolerance, 1e-10));
  });
});
