import { describe, expect, it } from 'vitest';
import type { Problem } from '../optimizers/problem.ts';
import { targetReturn } from '../optimizers/target-return.ts';
import { randomSource } from '../random.ts';
import { criticalLine } from './critical-line.ts';

/** `copies[i]` says which asset the i-th one is a copy of. */
function problemOf(seed: number, n: number, copies: readonly number[]): Problem {
  const random = randomSource(seed);
  const loadings = Array.from({ length: n * 2 }, () => 0.1 * random.normal());
  const means = Array.from({ length: n }, () => 0.02 + 0.1 * random.uniform());
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: Float64Array.from(copies, (i) => means[i]),
    covariance: Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [copies[Math.floor(at / n)], copies[at % n]];
      const shared = loadings[2 * i] * loadings[2 * j] + loadings[2 * i + 1] * loadings[2 * j + 1];
      return shared + (i === j ? 0.01 + 0.004 * i : 0);
    }),
    riskFree: 0.01,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
  };
}

const plain = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('the critical line at the edge', () => {
  it('is one portfolio where minimum weights leave no other', () => {
    const problem = problemOf(1, 4, plain(4));
    const limits = { ...problem.limits, lower: new Float64Array(4).fill(0.25) };
    for (const { weights } of criticalLine({ ...problem, limits }))
      for (const weight of weights) expect(weight).toBeCloseTo(0.25, 14);
  });

  it('keeps the limits to 1e-12 where assets are copies of each other', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomSource(seed);
      const n = 4 + random.integer(5);
      const copies = plain(n).map((i) => (i > 0 && random.uniform() < 0.4 ? 0 : i));
      const problem = problemOf(seed, n, copies);
      const upper = new Float64Array(n).fill(Math.max(1 / n, 0.2 + random.uniform()));
      const corners = criticalLine({ ...problem, limits: { ...problem.limits, upper } });
      for (const { weights, riskTolerance } of corners) {
        expect(Math.abs(weights.reduce((sum, w) => sum + w, 0) - 1)).toBeLessThan(1e-12);
        weights.forEach((w, i) => {
          expect(Math.max(-w, w - upper[i])).toBeLessThan(1e-12);
        });
        expect(riskTolerance === Infinity || riskTolerance < 1e4).toBe(true);
      }
    }
  });

  it('has no last portfolio where nothing limits the weights, and says so', () => {
    const problem = problemOf(2, 3, plain(3));
    const lower = new Float64Array(3).fill(-Infinity);
    const upper = new Float64Array(3).fill(Infinity);
    const open = { ...problem, limits: { ...problem.limits, lower, upper } };
    expect(() => criticalLine(open)).toThrow(expect.objectContaining({ code: 'unbounded' }));
    // Equal means leave the least variance as the only efficient portfolio, which is an end.
    const even = { ...open, expectedReturns: new Float64Array(3).fill(0.05) };
    expect(criticalLine(even).at(-1)?.riskTolerance).toBe(Infinity);
  });
});

describe('the highest return as a target', () => {
  it('is met, also where rounding puts the target just above it', () => {
    const problem = problemOf(3, 5, plain(5));
    const best = Math.max(...problem.expectedReturns);
    for (const beyond of [0, 1e-13, 1e-12, 5e-12, 9e-12]) {
      const { expectedReturn } = targetReturn({ ...problem, targetReturn: best + beyond });
      expect(expectedReturn).toBeCloseTo(best, 11);
    }
    expect(() => targetReturn({ ...problem, targetReturn: best + 1e-9 })).toThrow(/out of reach/);
  });
});
