import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../../oracles/cases.ts';
import { dot, multiply, quadraticForm } from '../../linalg/multiply.ts';
import { randomSource } from '../../random.ts';
import { meanVarianceUtility } from '../mean-variance-utility.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Problem } from '../problem.ts';
import { resampled } from '../resampled.ts';
import { robustMeanVariance } from './robust-mean-variance.ts';

function randomProblem(seed: number): Problem {
  const random = randomSource(seed);
  const n = 3 + random.integer(10);
  const loadings = Array.from({ length: n * 2 }, () => random.normal() * 0.12);
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const shared = loadings[2 * i] * loadings[2 * j] + loadings[2 * i + 1] * loadings[2 * j + 1];
    return shared + (i === j ? 0.005 + 0.004 * i : 0);
  });
  const short = random.uniform() < 0.4 ? -0.5 : 0;
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: Float64Array.from({ length: n }, () => 0.02 + random.uniform() * 0.1),
    covariance,
    riskFree: 0.02,
    riskAversion: 1 + 6 * random.uniform(),
    limits: {
      lower: new Float64Array(n).fill(short),
      upper: new Float64Array(n).fill(0.3 + 0.7 * random.uniform()),
      linear: [],
    },
  };
}

const problems = fc
  .integer({ min: 1, max: 1e6 })
  .map(randomProblem)
  .filter(({ assets, limits }) => assets.length * limits.upper[0] > 1.05);

/** The worst case itself, by its definition: what the means and covariance could cost at most. */
function worstCase(problem: Problem, w: Float64Array): number {
  const { meanUncertainty: set, covarianceRadius = 0, riskAversion = 0 } = problem;
  let error = 0;
  if (set?.kind === 'ellipsoid') error = set.radius * Math.sqrt(quadraticForm(set.shape, w));
  if (set?.kind === 'box') error = w.reduce((sum, x, i) => sum + set.halfWidth[i] * Math.abs(x), 0);
  const variance = quadraticForm(problem.covariance, w) + covarianceRadius * dot(w, w);
  return dot(problem.expectedReturns, w) - error - (riskAversion / 2) * variance;
}

const sets = (problem: Problem): readonly Problem[] => {
  const { covariance, expectedReturns } = problem;
  const shape = covariance.map((value) => value / 5);
  const halfWidth = expectedReturns.map((_, i) => 0.01 + 0.002 * i);
  return [
    { ...problem, meanUncertainty: { kind: 'ellipsoid', shape, radius: 1.3 } },
    { ...problem, meanUncertainty: { kind: 'box', halfWidth } },
    { ...problem, covarianceRadius: 0.05 },
    {
      ...problem,
      meanUncertainty: { kind: 'ellipsoid', shape, radius: 0.4 },
      covarianceRadius: 0.02,
    },
  ];
};

describe('robust mean-variance', () => {
  it('is not beaten in the worst case by portfolios near it or far away', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 1, max: 1e6 }), (problem, seed) => {
        const random = randomSource(seed);
        const { lower, upper } = problem.limits;
        for (const posed of sets(problem)) {
          const { weights, residual } = robustMeanVariance(posed);
          expect(residual).toBeLessThan(1e-8);
          const best = worstCase(posed, weights);
          for (const size of [1e-4, 1e-2, 0.3]) {
            for (let tries = 0; tries < 10; tries++) {
              const i = random.integer(weights.length);
              const j = random.integer(weights.length);
              const room = Math.min(upper[i] - weights[i], weights[j] - lower[j]);
              const moved = weights.slice();
              moved[i] += Math.min(size, room);
              moved[j] -= Math.min(size, room);
              expect(worstCase(posed, moved)).toBeLessThan(best + 1e-9);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is mean-variance for a radius of 0', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const shape = problem.covariance;
        const certain = robustMeanVariance({
          ...problem,
          meanUncertainty: { kind: 'ellipsoid', shape, radius: 0 },
        });
        const plain = meanVarianceUtility(problem);
        plain.weights.forEach((w, i) => {
          expect(Math.abs(certain.weights[i] - w)).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('nears minimum variance for a large radius and an ellipsoid like the covariance', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const shape = problem.covariance.map((value) => value / 5);
        const wary = robustMeanVariance({
          ...problem,
          meanUncertainty: { kind: 'ellipsoid', shape, radius: 1e8 },
        });
        const least = minimumVariance(problem).weights;
        wary.weights.forEach((w, i) => {
          expect(Math.abs(w - least[i])).toBeLessThan(1e-6);
        });
        expect(quadraticForm(problem.covariance, wary.weights)).toBeLessThan(
          quadraticForm(problem.covariance, least) * (1 + 1e-6),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('guards against the worst corner of a box, found by trying them all', () => {
    let both = 0;
    fc.assert(
      fc.property(
        problems.filter(({ assets }) => assets.length <= 7),
        (problem) => {
          const n = problem.assets.length;
          const halfWidth = problem.expectedReturns.map((_, i) => 0.01 + 0.004 * i);
          const { weights } = robustMeanVariance({
            ...problem,
            meanUncertainty: { kind: 'box', halfWidth },
          });
          const corners = Array.from({ length: 2 ** n }, (_, mask) =>
            problem.expectedReturns.map((r, i) => r + (mask & (1 << i) ? 1 : -1) * halfWidth[i]),
          );
          const utility = (means: Float64Array, w: Float64Array) =>
            dot(means, w) - (problem.riskAversion! / 2) * quadraticForm(problem.covariance, w);
          const worst = (w: Float64Array) =>
            corners.reduce((least, means) => Math.min(least, utility(means, w)), Infinity);
          const reached = worst(weights);
          // Whoever knew the corner could not do worse; what is best for it is worse in its worst.
          let least = Infinity;
          for (const expectedReturns of corners) {
            const known = meanVarianceUtility({ ...problem, expectedReturns }).weights;
            expect(worst(known)).toBeLessThan(reached + 1e-9);
            least = Math.min(least, utility(expectedReturns, known));
          }
          expect(reached).toBeLessThan(least + 1e-9);
          // Without short positions the lowest means are the worst for everybody.
          if (problem.limits.lower[0] < 0) both++;
          else expect(reached).toBeCloseTo(least, 9);
        },
      ),
      { numRuns: 200 },
    );
    expect(both).toBeGreaterThan(30);
  });

  it('takes cash, which has no error, when the doubt is large enough', () => {
    const problem = randomProblem(7);
    const n = problem.assets.length;
    const shape = problem.covariance.map((value, at) =>
      Math.floor(at / n) === 0 || at % n === 0 ? 0 : value,
    );
    const { weights, residual } = robustMeanVariance({
      ...problem,
      covariance: shape,
      limits: { ...problem.limits, lower: new Float64Array(n), upper: new Float64Array(n).fill(1) },
      meanUncertainty: { kind: 'ellipsoid', shape, radius: 50 },
    });
    expect(weights[0]).toBeCloseTo(1, 6);
    expect(residual).toBeLessThan(1e-8);
  });

  it('says what is missing or wrong', () => {
    const problem = randomProblem(3);
    expect(() => robustMeanVariance(problem)).toThrow(/set meanUncertainty/);
    expect(() => robustMeanVariance({ ...problem, covarianceRadius: -1 })).toThrow(
      /must not be negative/,
    );
    const halfWidth = new Float64Array(2);
    expect(() =>
      robustMeanVariance({ ...problem, meanUncertainty: { kind: 'box', halfWidth } }),
    ).toThrow(/one half width an asset/);
  });

  it.skipIf(!oraclesPresent)('opt-030: an ellipsoid on the returns of He and Litterman', () => {
    const base = oracle<{ w_eq: number[]; vol: number[]; corr: number[][]; delta: number }>(
      'opt-001',
    ).inputs;
    const one = oracle<{ kappa: number }, { w: number[]; objective: number }>('opt-030');
    const n = base.vol.length;
    const covariance = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return base.corr[i][j] * base.vol[i] * base.vol[j];
    });
    const weights = Float64Array.from(base.w_eq);
    const posed: Problem = {
      assets: base.vol.map((_, i) => `A${i}`),
      expectedReturns: multiply(covariance, weights).map((x) => base.delta * x),
      covariance,
      riskFree: 0,
      riskAversion: 0,
      limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
      meanUncertainty: {
        kind: 'ellipsoid',
        shape: covariance.map((value) => value / 60),
        radius: one.inputs.kappa,
      },
    };
    const found = robustMeanVariance(posed).weights;
    one.expected.w.forEach((w, i) => {
      expect(Math.abs(found[i] - w)).toBeLessThan(one.tolerance);
    });
    expect(worstCase(posed, found)).toBeCloseTo(one.expected.objective, 9);
  });
});

describe('resampling', () => {
  it('averages portfolios within the limits and is the same for a seed', () => {
    const problem = {
      ...randomProblem(9),
      resampling: { draws: 40, observations: 60, periodsPerYear: 12, seed: 4 },
    };
    const one = resampled(problem);
    expect(one.weights).toEqual(resampled(problem).weights);
    expect(one.weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
    const plain = meanVarianceUtility(problem).weights;
    // It spreads: no weight is as extreme as the plug-in's largest.
    expect(Math.max(...one.weights)).toBeLessThan(Math.max(...plain) + 1e-9);
  });
});
