import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../../errors.ts';
import { randomSource } from '../../random.ts';
import { maximumSharpe } from '../maximum-sharpe.ts';
import { meanVarianceUtility } from '../mean-variance-utility.ts';
import { minimumTrackingError } from '../minimum-tracking-error.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Allocation, Limits, Optimizer, Problem } from '../problem.ts';
import { scenarioOptimizers } from '../scenario/index.ts';
import { targetVolatility } from '../target-volatility.ts';
import { withLimits } from './index.ts';
import { limitedTo, measured, randomProblem } from './random-problem.fixture.ts';
import { scoreOf } from './score.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

function attempt(solve: () => Allocation): Allocation | EngineError {
  try {
    return solve();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

/** The best over every set of assets that may be held, one by one. */
function enumerated(optimize: Optimizer, problem: Problem): number | null {
  const n = problem.assets.length;
  const { holdings = n, smallestHolding = 0, ...limits } = problem.limits;
  let best: number | null = null;
  for (let set = 1; set < 1 << n; set++) {
    const held = (i: number) => ((set >> i) & 1) === 1;
    const members = Array.from({ length: n }, (_, i) => i).filter(held);
    if (members.length > holdings) continue;
    const upper = limits.upper.map((high, i) => (held(i) ? high : 0));
    const lower = limits.lower.map((low, i) => (held(i) ? Math.max(low, smallestHolding) : low));
    if (lower.some((low, i) => low > upper[i])) continue;
    const part = { ...problem, limits: { ...limits, lower, upper } };
    const answer = attempt(() => withLimits(optimize)(part));
    if (answer instanceof EngineError) continue;
    const value = scoreOf(answer.method)(problem, answer);
    if (best === null || value < best) best = value;
  }
  return best;
}

const methods: readonly Optimizer[] = [
  minimumVariance,
  meanVarianceUtility,
  maximumSharpe,
  targetVolatility,
  minimumTrackingError,
];

describe('limits on holdings', () => {
  it.each(methods.map((optimize) => [optimize.name, optimize] as const))(
    'give %s the best of all sets of assets',
    (_, optimize) => {
      let limited = 0;
      fc.assert(
        fc.property(seeds, (seed) => {
          const random = randomSource(seed);
          const problem = limitedTo(
            { ...randomProblem(seed, 6), targetVolatility: 0.09, riskAversion: 8 },
            { upper: new Float64Array(6).fill(0.7) },
          );
          const rules: Partial<Limits>[] = [
            { holdings: 2 + random.integer(3) },
            { smallestHolding: 0.1 + 0.2 * random.uniform() },
            { holdings: 2 + random.integer(3), smallestHolding: 0.1 + 0.1 * random.uniform() },
          ];
          const further = random.uniform() < 0.3 ? { turnover: 1 + random.uniform() } : {};
          const tight = limitedTo(problem, { ...rules[random.integer(3)], ...further });
          const { holdings = 6, smallestHolding = 0 } = tight.limits;
          const answer = attempt(() => withLimits(optimize)(tight));
          const best = enumerated(optimize, tight);
          if (answer instanceof EngineError) {
            expect(best).toBe(null);
            return;
          }
          const held = answer.weights.filter((w) => w > 1e-9);
          expect(held.length).toBeLessThanOrEqual(holdings);
          expect(Math.min(...held)).toBeGreaterThan(smallestHolding - 1e-9);
          const value = scoreOf(answer.method)(tight, answer);
          expect(Math.abs(value - best!)).toBeLessThan(1e-7 * Math.max(1e-2, Math.abs(best!)));
          if (answer.certificate === 'gap') {
            limited++;
            expect(answer.residual).toBeLessThan(1e-6);
          }
        }),
        { seed: 71, numRuns: 15 },
      );
      expect(limited).toBeGreaterThan(5);
    },
  );

  it('reach methods on scenarios: the least expected shortfall of few assets', () => {
    const least = scenarioOptimizers['minimum-cvar'];
    let limited = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const problem = limitedTo(randomProblem(seed, 5), {
        upper: new Float64Array(5).fill(0.7),
        linear: [],
        holdings: 2 + (seed % 2),
      });
      const answer = withLimits(least)(problem);
      const best = enumerated(least, problem)!;
      expect(measured.conditionalValueAtRisk(problem, answer.weights)).toBeLessThan(
        best + 2e-6 * Math.abs(best),
      );
      expect(answer.weights.filter((w) => w > 1e-9).length).toBeLessThanOrEqual(2 + (seed % 2));
      expect(answer.residual).toBeLessThan(2e-6);
      if (answer.solvedBy.startsWith('branch')) limited++;
    }
    expect(limited).toBeGreaterThan(2);
  });

  it('agree with an independent mixed-integer solver where the aim is a line', async () => {
    // Its types describe the CommonJS build; what is imported is the function itself.
    const highs = await (loadHighs as unknown as (typeof loadHighs)['default'])();
    for (let seed = 1; seed <= 12; seed++) {
      const n = 15;
      const problem = limitedTo(
        { ...randomProblem(seed, n, { costs: false }), riskAversion: 0 },
        {
          upper: new Float64Array(n).fill(0.3),
          holdings: 4 + (seed % 4),
          smallestHolding: 0.05 * (seed % 5),
        },
      );
      const { holdings, smallestHolding, linear } = problem.limits;
      const x = (i: number) => `x${i}`;
      const z = (i: number) => `z${i}`;
      const all = Array.from({ length: n }, (_, i) => i);
      const odd = all.filter((i) => linear[0].coefficients[i] === 1).map(x);
      const program = `Maximize
 obj: ${all.map((i) => `${problem.expectedReturns[i]} ${x(i)}`).join(' + ')}
Subject To
 budget: ${all.map(x).join(' + ')} = 1
 least: ${odd.join(' + ')} >= ${linear[0].lower}
 most: ${odd.join(' + ')} <= ${linear[0].upper}
 count: ${all.map(z).join(' + ')} <= ${holdings}
${all.map((i) => ` up${i}: ${x(i)} - 0.3 ${z(i)} <= 0\n low${i}: ${x(i)} - ${smallestHolding} ${z(i)} >= 0`).join('\n')}
Binary
 ${all.map(z).join(' ')}
End`;
      const other = highs.solve(program);
      expect(other.Status).toBe('Optimal');
      const answer = withLimits(meanVarianceUtility)(problem);
      expect(answer.expectedReturn).toBeCloseTo(other.ObjectiveValue, 7);
    }
  });

  it('bound utility so tightly that few of 30 assets need trying', () => {
    const problem = { ...randomProblem(9, 30), riskAversion: 40 };
    const answer = withLimits(meanVarianceUtility)(limitedTo(problem, { holdings: 8 }));
    expect(answer.weights.filter((w) => w > 1e-9).length).toBeLessThanOrEqual(8);
    expect(answer.solvedBy).toMatch(/^branch and bound \(\d{1,3} nodes\)/);
  });

  it('give the same bits with a rule that does not bind, and the same bits twice', () => {
    const problem = randomProblem(4, 6);
    const free = minimumVariance(problem);
    expect(withLimits(minimumVariance)(limitedTo(problem, { holdings: 6 }))).toEqual(free);
    const tight = limitedTo(problem, { holdings: 3 });
    expect(withLimits(minimumVariance)(tight)).toEqual(withLimits(minimumVariance)(tight));
  });

  it('names the size of holdings only where it has a part in the conflict', () => {
    const problem = randomProblem(5, 6);
    const limits = { ...problem.limits, upper: new Float64Array(6).fill(0.4), linear: [] };
    const refusal = attempt(() =>
      withLimits(minimumVariance)({
        ...problem,
        limits: { ...limits, holdings: 2, smallestHolding: 0.02 },
      }),
    );
    expect(refusal).toBeInstanceOf(Infeasible);
    expect((refusal as Infeasible).conflicts).toEqual([
      { limit: 'at most 2 holdings', bound: 2, wouldWork: 3 },
    ]);
  });

  it('say what would work when no choice of holdings does', () => {
    const problem = limitedTo(randomProblem(4, 6), {
      upper: new Float64Array(6).fill(0.25),
      linear: [],
      holdings: 3,
    });
    const refusal = attempt(() => withLimits(minimumVariance)(problem));
    expect(refusal).toBeInstanceOf(Infeasible);
    expect((refusal as Infeasible).message).toBe(
      'Infeasible: at most 3 holdings cannot be met within the other limits; it would work with 4 holdings.',
    );
    expect((refusal as Infeasible).conflicts).toEqual([
      { limit: 'at most 3 holdings', bound: 3, wouldWork: 4 },
    ]);
  });

  it('say how good the best found is when they stop early', () => {
    const problem = limitedTo(randomProblem(11, 24, { costs: false }), { holdings: 6, linear: [] });
    const refusal = attempt(() => withLimits(minimumVariance, { mostNodes: 5 })(problem));
    expect(refusal).toMatchObject({ code: 'not-converged' });
    const { gap, weights } = (refusal as EngineError).values;
    expect(gap).toBeGreaterThan(0);
    expect((weights as Float64Array).filter((w) => w > 1e-9).length).toBeLessThanOrEqual(6);
  });

  it('refuse what they cannot keep to', () => {
    const problem = randomProblem(4, 4);
    const solve = (limits: Partial<Limits>) => () =>
      withLimits(minimumVariance)(limitedTo(problem, limits));
    expect(solve({ holdings: 2.5 })).toThrow(/whole number from 1 up/);
    expect(solve({ smallestHolding: 2 })).toThrow(/between 0 and 1/);
    const short = { lower: new Float64Array(4).fill(-0.1), holdings: 2 };
    expect(solve(short)).toThrow(/may be sold short; raise its minimum to 0/);
    const unknown: Optimizer = (p) => ({ ...minimumVariance(p), method: 'of my own' });
    expect(() => withLimits(unknown)(limitedTo(problem, { holdings: 2 }))).toThrow(
      /of my own cannot limit the number or size of holdings/,
    );
  });
});
