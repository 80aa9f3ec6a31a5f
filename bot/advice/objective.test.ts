import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulatedGoalProbability } from '../../engine/goals/goal-probability.ts';
import { growthModel } from '../../engine/goals/terminal-wealth.ts';
import { outlookSentences } from '../explain/outlook.ts';
import type { Goal } from '../goal.ts';
import { policies } from '../suitability/policy.ts';
import { noWishes } from '../wishes.ts';
import { advise } from './advise.ts';
import { madeMarket } from './made-market.fixture.ts';
import { savingsPlan } from './objective.ts';

const window = madeMarket(1_300);
const today = window.days[window.days.length - 1];
const policy = policies.balanced;

const advised = (
  goal: Goal,
  totalMinor = 3_000_000,
  current: readonly (readonly [string, number])[] = [['CASH', 1]],
) =>
  advise(
    {
      panelHash: '',
      today,
      policy,
      goal,
      totalMinor,
      current,
      cashRate: 0.02,
      simulated: false,
      previous: null,
      wishes: noWishes,
    },
    window,
    null,
  );

const dated = (amount: number, years: number, monthly = 0): Goal & { kind: 'by-date' } => ({
  kind: 'by-date',
  amountMinor: amount * 100,
  currency: 'USD',
  byDay: today + Math.round(years * 365.25),
  contribution: monthly === 0 ? null : { minor: monthly * 100, every: 'month' },
  purpose: null,
});

/** Every remark is a sentence or several: capital, full stop, nothing unfilled. */
const sentence = /^[A-Z][^{}]*\.$/;

describe('the most return', () => {
  it('uses the volatility budget and has nothing to remark', () => {
    const { result, solved } = advised({ kind: 'max-return' });
    expect(solved.objective.method).toBe('target-volatility');
    expect(result.allocation.volatility).toBeLessThanOrEqual(policy.volatilityBudget * (1 + 1e-9));
    expect(result.remarks).toEqual([]);
    expect(result.outlook).toBeNull();
  });
});

describe('keeping what there is', () => {
  it('takes the least volatility with at most a quarter in cash', () => {
    const { result, solved } = advised({ kind: 'preserve' });
    expect(solved.objective.method).toBe('minimum-variance');
    const cash = result.assets.indexOf('CASH');
    expect(result.allocation.weights[cash]).toBeLessThanOrEqual(0.25 + 1e-9);
    expect(result.allocation.volatility).toBeLessThan(
      advised({ kind: 'max-return' }).result.allocation.volatility,
    );
  });
});

describe('a target return', () => {
  it('is reached with the least risk when the budget allows it', () => {
    const easy = advised({ kind: 'max-return' }).result.allocation;
    const wanted = (easy.expectedReturn + 0.03) / 2;
    const { result, solved } = advised({ kind: 'target-return', annualReturn: wanted });
    expect(solved.objective.method).toBe('target-return');
    expect(result.allocation.expectedReturn).toBeCloseTo(wanted, 9);
    expect(result.allocation.volatility).toBeLessThan(easy.volatility);
    expect(result.remarks).toEqual([]);
  });

  it('beyond the budget says what it would need and shows the most within it', () => {
    const most = advised({ kind: 'max-return' }).result.allocation;
    const { result, solved } = advised({
      kind: 'target-return',
      annualReturn: most.expectedReturn + 0.003,
    });
    expect(solved.objective.method).toBe('target-volatility');
    expect(result.allocation.weights).toEqual(most.weights);
    expect(result.remarks[0]).toMatch(
      /^\d+\.\d % a year would need a volatility of \d+\.\d % a year; your risk profile allows 8\.5 %\. What you see is the most return within your risk profile, \d+\.\d % a year\.$/,
    );
  });

  it('beyond all limits says so without confusing return and volatility', () => {
    const { result } = advised({ kind: 'target-return', annualReturn: 1 });
    expect(result.remarks[0]).toMatch(
      /^100\.0 % a year is more than any mix within your limits is expected to earn\. What you see is the most return within your risk profile, \d+\.\d % a year\.$/,
    );
  });

  it('below what cash earns takes no risk at all, and says so', () => {
    const { result, drivers } = advised({ kind: 'target-return', annualReturn: 0.005 });
    expect(result.allocation.volatility).toBeLessThan(1e-6);
    expect(result.remarks[0]).toMatch(
      /^0\.5 % a year takes no risk: cash is expected to earn \d+\.\d % a year\.$/,
    );
    expect(result.riskShares).toEqual([]);
    expect(drivers).toEqual([]);
  });
});

describe('a goal by a date', () => {
  it('within reach takes the least risk at which reaching it is as likely as not', () => {
    const { result, solved } = advised(dated(48_000, 6, 100));
    expect(solved.objective.method).toBe('target-return');
    expect(solved.requiredReturn).toBeGreaterThan(0.02);
    expect(result.outlook?.probability).toBeCloseTo(0.5, 1);
    expect(result.outlook!.low).toBeLessThan(result.outlook!.probability);
    expect(result.outlook!.high).toBeGreaterThan(result.outlook!.probability);
    expect(result.remarks).toEqual([
      'The plan takes the least risk at which reaching your goal is as likely as not.',
    ]);
    const mean = result.allocation.expectedReturn - result.allocation.volatility ** 2 / 2;
    expect(mean).toBeCloseTo(solved.requiredReturn!, 3);
  });

  it('out of reach shows the growth beside the expected return, which alone could look enough', () => {
    const { result, solved } = advised(dated(60_000, 6, 100));
    expect(solved.objective.method).toBe('target-volatility');
    const { expectedReturn, volatility } = result.allocation;
    const growth = 100 * ((1 + expectedReturn) * Math.exp(-(volatility ** 2) / 2) - 1);
    expect(growth).toBeLessThan(100 * solved.requiredReturn!);
    expect(result.remarks[1]).toBe(
      `Swings cost growth: over the years it would grow by about ${growth.toFixed(1)} % a year.`,
    );
  });

  it('asks who has traded to its mix for nothing more on the same day', () => {
    const goal = dated(48_000, 6, 100);
    const { result } = advised(goal);
    const left = Math.round(3_000_000 * (1 - result.allocation.tradingCost));
    const held = result.assets.map((asset, i) => [asset, result.allocation.weights[i]] as const);
    const next = advised(goal, left, held).result.allocation;
    for (const [i, [, weight]] of held.entries()) {
      expect(Math.abs(next.weights[i] - weight)).toBeLessThan(1e-4);
    }
  });

  it('has the probability that a simulation of the same plan gives', () => {
    const goal = dated(48_000, 6, 100);
    const { result } = advised(goal);
    const { expectedReturn, volatility, tradingCost } = result.allocation;
    const plan = savingsPlan(goal, 3_000_000 * (1 - tradingCost), today);
    const tried = simulatedGoalProbability(plan, 48_000, growthModel(expectedReturn, volatility), {
      seed: 3,
      pairs: 20_000,
    });
    expect(Math.abs(result.outlook!.probability - tried.probability)).toBeLessThan(0.01);
  });

  it('that is met already, or met by saving, takes as little risk as it can', () => {
    const met = advised(dated(20_000, 6));
    expect(met.solved.objective.method).toBe('minimum-variance');
    expect(met.result.remarks[0]).toBe(
      'You already have $20,000.00, so the plan takes as little risk as it can.',
    );
    expect(met.result.outlook!.probability).toBeGreaterThan(0.99);
    const saved = advised(dated(50_000, 5, 1_000));
    expect(saved.solved.objective.method).toBe('minimum-variance');
    expect(saved.result.remarks[0]).toMatch(/^What you save reaches the goal without any return/);
  });

  it('that needs more than the budget allows says the return and the volatility it takes', () => {
    const { result, solved } = advised(dated(60_000, 5));
    expect(solved.objective.method).toBe('target-volatility');
    expect(solved.requiredReturn).toBeCloseTo(2 ** 0.2 - 1, 4);
    expect(result.remarks[0]).toMatch(
      /^The 14\.9 % a year that reaching \$60,000\.00 in time takes (is more than any mix|would need a volatility)/,
    );
    expect(result.outlook!.probability).toBeLessThan(0.4);
  });

  it('beyond every return says so and suggests what would help', () => {
    const { result } = advised(dated(1e9, 1));
    expect(result.remarks[0]).toMatch(
      /^Reaching \$1,000,000,000\.00 in time would take more than 100\.0 % a year, which nothing offers\./,
    );
    expect(result.outlook!.probability).toBe(0);
    expect(outlookSentences(result.outlook!)).toContain('is less than 1 %, if returns');
  });

  it('whose day has come takes no further risk and asks for another', () => {
    for (const years of [0, -2]) {
      const { result, solved } = advised(dated(50_000, years));
      expect(solved.objective.method).toBe('minimum-variance');
      expect(result.outlook).toBeNull();
      expect(result.remarks[0]).toMatch(
        /^The date of your goal, \d+ \w+ 202\d, has come, and you have \$30,000\.00 of the \$50,000\.00\. Name another/,
      );
    }
  });
});

it('every goal, however odd, gets an answer in whole sentences and finite numbers', () => {
  const anyGoal: fc.Arbitrary<Goal> = fc.oneof(
    fc.record({
      kind: fc.constant('target-return' as const),
      annualReturn: fc.double({ min: 1e-9, max: 1, noNaN: true }),
    }),
    fc.record({
      kind: fc.constant('by-date' as const),
      amountMinor: fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.constant(Number.MAX_SAFE_INTEGER)),
      currency: fc.constant('USD' as const),
      byDay: fc.integer({ min: today - 400, max: today + 80 * 365 }),
      contribution: fc.option(
        fc.record({
          minor: fc.integer({ min: 1, max: 1e8 }),
          every: fc.constantFrom('week', 'month', 'quarter', 'year'),
        }),
      ),
      purpose: fc.constant(null),
    }),
  );
  fc.assert(
    fc.property(anyGoal, fc.integer({ min: 1, max: 1e12 }), (goal, totalMinor) => {
      const { result } = advised(goal, totalMinor);
      for (const remark of result.remarks) expect(remark).toMatch(/^[A-Z0-9][^{}]*\.$/);
      expect(result.allocation.volatility).toBeLessThanOrEqual(
        policy.volatilityBudget * (1 + 1e-8),
      );
      const { outlook } = result;
      if (outlook === null) return;
      expect(outlookSentences(outlook)).toMatch(sentence);
      expect(outlook.expected).toBeLessThan(Infinity);
      for (const chance of [outlook.probability, outlook.low, outlook.high]) {
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
      }
      expect(outlook.low).toBeLessThanOrEqual(outlook.high);
    }),
    { seed: 20_261_123, numRuns: 60 },
  );
});
