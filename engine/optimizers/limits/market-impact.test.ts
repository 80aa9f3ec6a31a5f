import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../random.ts';
import { meanVarianceUtility } from '../mean-variance-utility.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Problem } from '../problem.ts';
import { targetReturn } from '../target-return.ts';
import { withLimits } from './index.ts';
import { limitedTo, randomProblem } from './random-problem.fixture.ts';

/** Impact from none to a costly one, in problems without groups. */
function withImpact(seed: number): Problem {
  const random = randomSource(seed);
  const problem = randomProblem(seed, 3 + random.integer(12));
  return {
    ...limitedTo(problem, { linear: [] }),
    marketImpact: problem.expectedReturns.map(() =>
      random.uniform() < 0.2 ? 0 : 10 ** (-4 + 4 * random.uniform()),
    ),
  };
}

/**
 * Largest violation of the optimality conditions of utility with impact, in return per weight. Each
 * asset gives an interval for the price of the budget; the intervals must overlap.
 */
function violation(p: Problem, w: Float64Array, riskAversion: number, costPrice: number): number {
  let most = -Infinity;
  let least = Infinity;
  w.forEach((weight, i) => {
    let gain = costPrice === 1 ? p.expectedReturns[i] : 0;
    for (let j = 0; j < w.length; j++) gain -= riskAversion * p.covariance[i * w.length + j] * w[j];
    const way = weight - p.current![i];
    const bend = 1.5 * p.marketImpact![i] * Math.sqrt(Math.abs(way)) * Math.sign(way);
    const kink = p.tradingCosts?.[i] ?? 0;
    const still = Math.abs(way) < 1e-13;
    const steep = costPrice * (bend + (still ? kink : kink * Math.sign(way)));
    const flat = costPrice * (bend + (still ? -kink : kink * Math.sign(way)));
    // Buying more must not gain more than the budget's price; buying less must not gain either.
    if (weight < p.limits.upper[i] - 1e-12) most = Math.max(most, gain - steep);
    if (weight > p.limits.lower[i] + 1e-12) least = Math.min(least, gain - flat);
  });
  return Math.max(0, most - least);
}

describe('the cost of market impact', () => {
  it('is weighed exactly: the optimality conditions hold to 1e-8 with the power 3/2 in them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const problem = withImpact(seed);
        const answer = withLimits(meanVarianceUtility)(problem);
        const scale = Math.max(
          ...problem.expectedReturns,
          ...problem.marketImpact!,
          ...problem.covariance.map((v) => problem.riskAversion! * v),
        );
        expect(answer.residual).toBeLessThan(1e-8);
        const missed = violation(problem, answer.weights, problem.riskAversion!, 1);
        expect(missed / scale).toBeLessThan(2e-8);
      }),
      { seed: 51, numRuns: 150 },
    );
  });

  it('counts in minimum variance at the price that risk aversion gives it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const problem = withImpact(seed);
        const { weights } = withLimits(minimumVariance)(problem);
        const price = 1 / problem.riskAversion!;
        const zero = { ...problem, expectedReturns: new Float64Array(weights.length) };
        expect(violation(zero, weights, 1, price)).toBeLessThan(2e-8);
      }),
      { seed: 52, numRuns: 60 },
    );
  });

  it('makes a large trade smaller, and the next one smaller still', () => {
    const problem = withImpact(77);
    const { marketImpact: _, ...without } = problem;
    const free = meanVarianceUtility(without);
    const answer = withLimits(meanVarianceUtility)(problem);
    const traded = (w: Float64Array) =>
      w.reduce(
        (sum, v, i) => sum + problem.marketImpact![i] * Math.abs(v - problem.current![i]) ** 1.5,
        0,
      );
    expect(traded(answer.weights)).toBeLessThan(traded(free.weights));
    // The first part of any trade is nearly free, so who has traded trades on, but less.
    const again = withLimits(meanVarianceUtility)({ ...problem, current: answer.weights });
    expect(again.tradingCost).toBeGreaterThan(0);
    expect(again.tradingCost).toBeLessThan(answer.tradingCost);
  });

  it('meets a target return and a limit on turnover beside it', () => {
    const problem = limitedTo(withImpact(78), { turnover: 0.3 });
    const target = problem.expectedReturns.reduce((sum, r, i) => sum + r * problem.current![i], 0);
    const answer = withLimits(targetReturn)({ ...problem, targetReturn: target + 0.002 });
    const turnover = answer.weights.reduce(
      (sum, v, i) => sum + Math.abs(v - problem.current![i]),
      0,
    );
    expect(answer.expectedReturn).toBeGreaterThanOrEqual(target + 0.002 - 1e-9);
    expect(turnover).toBeLessThanOrEqual(0.3 + 1e-9);
    expect(answer.residual).toBeLessThan(1e-8);
  });

  it('needs the present weights and no negative number', () => {
    const { current: _, tradingCosts: __, ...problem } = withImpact(79);
    expect(() => withLimits(meanVarianceUtility)(problem)).toThrow(/set current/);
    const negative = {
      ...withImpact(79),
      marketImpact: new Float64Array(problem.assets.length).fill(-1),
    };
    expect(() => withLimits(meanVarianceUtility)(negative)).toThrow(/one number from 0 up/);
  });
});
