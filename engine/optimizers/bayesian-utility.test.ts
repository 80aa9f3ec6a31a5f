import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, learn } from '../bayes/normal-inverse-wishart.ts';
import { dot, quadraticForm } from '../linalg/multiply.ts';
import { randomSource } from '../random.ts';
import { bayesianUtility } from './bayesian-utility.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import type { Belief, Problem } from './problem.ts';

const n = 5;

function posed(seed: number, months = 60): Problem {
  const random = randomSource(seed);
  const returns = new Float64Array(months * n);
  for (let t = 0; t < months; t++) {
    const shared = random.normal();
    for (let i = 0; i < n; i++)
      returns[t * n + i] = 0.004 + 0.002 * i + 0.02 * shared + 0.015 * (1 + i) * random.normal();
  }
  const belief = learn(returns, n);
  const beliefs = Array.from({ length: 150 }, (): Belief => {
    const one = draw(belief, random);
    return {
      expectedReturns: one.expectedReturns.map((r) => 12 * r),
      covariance: one.covariance.map((c) => 12 * c),
    };
  });
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: belief.mean.map((r) => 12 * r),
    covariance: belief.scale.map((s) => (12 * s) / (months - 1)),
    riskFree: 0.02,
    riskAversion: 2 + 6 * random.uniform(),
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(0.7), linear: [] },
    beliefs,
  };
}

/** By its definition. */
function certaintyEquivalent({ beliefs = [], riskAversion: a = 1 }: Problem, w: Float64Array) {
  const utilities = beliefs.map(
    ({ expectedReturns, covariance }) =>
      dot(expectedReturns, w) - (a / 2) * quadraticForm(covariance, w),
  );
  const mean = utilities.reduce((sum, u) => sum + Math.exp(-a * u), 0) / utilities.length;
  return -Math.log(mean) / a;
}

describe('Bayesian utility', () => {
  it('is not beaten by portfolios near it or far away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const problem = posed(seed);
        const { weights, residual } = bayesianUtility(problem);
        expect(residual).toBeLessThan(1e-8);
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
        const best = certaintyEquivalent(problem, weights);
        const random = randomSource(seed);
        for (const size of [1e-4, 0.01, 0.2]) {
          for (let tries = 0; tries < 20; tries++) {
            const [i, j] = [random.integer(n), random.integer(n)];
            const step = Math.min(size, 0.7 - weights[i], weights[j]);
            const moved = weights.slice();
            moved[i] += step;
            moved[j] -= step;
            expect(certaintyEquivalent(problem, moved)).toBeLessThan(best + 1e-10);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('is mean-variance utility when there is nothing to doubt', () => {
    const problem = posed(4);
    const { expectedReturns, covariance } = problem;
    const certain = bayesianUtility({ ...problem, beliefs: [{ expectedReturns, covariance }] });
    meanVarianceUtility(problem).weights.forEach((w, i) => {
      expect(certain.weights[i]).toBeCloseTo(w, 9);
    });
  });

  it('says what is missing', () => {
    const { beliefs: _, ...problem } = posed(4);
    expect(() => bayesianUtility(problem)).toThrow(/set beliefs/);
    expect(() => bayesianUtility({ ...posed(4), riskAversion: 0 })).toThrow(/above 0/);
  });

  it('takes cash, which every draw gives the same return and no risk', () => {
    const { beliefs = [], ...problem } = posed(3);
    const cash = (values: Float64Array) =>
      values.map((v, at) => (at % n === 4 || at >= 20 ? 0 : v));
    const sure = (returns: Float64Array) => returns.map((r, i) => (i === 4 ? 0.02 : r));
    const answer = bayesianUtility({
      ...problem,
      expectedReturns: sure(problem.expectedReturns),
      covariance: cash(problem.covariance),
      beliefs: beliefs.map((one) => ({
        expectedReturns: sure(one.expectedReturns),
        covariance: cash(one.covariance),
      })),
    });
    expect(answer.residual).toBeLessThan(1e-8);
  });

  it('refuses a belief whose covariance is none', () => {
    const problem = posed(4);
    const wrong = problem.beliefs!.map((one, d) =>
      d === 2 ? { ...one, covariance: one.covariance.map((v, at) => (at === 12 ? -v : v)) } : one,
    );
    expect(() => bayesianUtility({ ...problem, beliefs: wrong })).toThrow(/semidefinite/);
  });
});
