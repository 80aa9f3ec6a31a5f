import { describe, expect, it } from 'vitest';
import { randomProblem } from './limits/random-problem.fixture.ts';
import type { Problem } from './problem.ts';
import { resampled } from './resampled.ts';

const n = 5;
const resampling = { draws: 20, observations: 60, periodsPerYear: 12, seed: 7 };
const problem: Problem = { ...randomProblem(11, n), resampling };

describe('resampling', () => {
  it('keeps the limits, which every mean of portfolios within them does', () => {
    const { weights } = resampled(problem);
    expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
    weights.forEach((w, i) => {
      expect(w).toBeGreaterThanOrEqual(problem.limits.lower[i] - 1e-12);
      expect(w).toBeLessThanOrEqual(problem.limits.upper[i] + 1e-12);
    });
  });

  it('gives the same bits for a seed and others for another', () => {
    expect(resampled(problem).weights).toEqual(resampled(problem).weights);
    const other = resampled({ ...problem, resampling: { ...resampling, seed: 8 } });
    expect(other.weights).not.toEqual(resampled(problem).weights);
  });

  it('reads a covariance given by factors as the same one given by numbers', () => {
    const loadings = Float64Array.of(0.1, 0.15, 0.2, 0.05, 0.12);
    const specificVariance = Float64Array.of(0.01, 0.02, 0.015, 0.005, 0.01);
    const factors = { loadings, factorCovariance: Float64Array.of(1), specificVariance };
    const covariance = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return loadings[i] * loadings[j] + (i === j ? specificVariance[i] : 0);
    });
    const byNumbers = resampled({ ...problem, covariance });
    const byFactors = resampled({ ...problem, covariance: new Float64Array(0), factors });
    byFactors.weights.forEach((w, i) => {
      expect(w).toBeCloseTo(byNumbers.weights[i], 9);
    });
  });

  it.each([
    ['part of a draw', { draws: 2.5 }],
    ['part of an observation', { observations: 10.5 }],
    ['no draw', { draws: 0 }],
    ['endless periods', { periodsPerYear: Infinity }],
    ['a seed that is no number', { seed: Number.NaN }],
  ])('refuses %s', (_, wrong) => {
    const given = { ...problem, resampling: { ...resampling, ...wrong } };
    expect(() => resampled(given)).toThrow(/whole numbers of both/);
  });
});
