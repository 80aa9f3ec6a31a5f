import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../random.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import type { Problem } from './problem.ts';

/** Assets under single caps, with a market and their own noise; costs of trading in half of the cases. */
function capped(seed: number): Problem {
  const random = randomSource(seed);
  const n = 10 + random.integer(30);
  const beta = Float64Array.from({ length: n }, () => 0.15 * (1 + 0.4 * random.normal()));
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) covariance[i * n + j] = beta[i] * beta[j];
    covariance[i * n + i] += (0.1 + 0.2 * random.uniform()) ** 2;
  }
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: Float64Array.from({ length: n }, () => 0.02 + 0.1 * random.uniform()),
    covariance,
    riskFree: 0.02,
    limits: {
      lower: Float64Array.from({ length: n }, () => (random.uniform() < 0.2 ? 0.02 : 0)),
      upper: Float64Array.from({ length: n }, () => 0.1 + 0.2 * random.uniform()),
      linear: [],
    },
    ...(random.uniform() < 0.5 && {
      current: new Float64Array(n).fill(1 / n),
      tradingCosts: Float64Array.from({ length: n }, () => 0.01 * random.uniform()),
    }),
  };
}

/** The same caps as limits on groups of one, which are solved in multiples of the portfolio. */
function asGroups(problem: Problem): Problem {
  const n = problem.assets.length;
  return {
    ...problem,
    limits: {
      lower: new Float64Array(n),
      upper: new Float64Array(n).fill(1),
      linear: problem.assets.map((name, i) => ({
        name,
        coefficients: Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
        lower: problem.limits.lower[i],
        upper: problem.limits.upper[i],
      })),
    },
  };
}

describe('maximum Sharpe', () => {
  it('answers the same along the frontier as in multiples of the portfolio, shadow prices too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const problem = capped(seed);
        const along = maximumSharpe(problem);
        const multiples = maximumSharpe(asGroups(problem));
        expect(along.solvedBy).toBe('active set along the frontier');
        expect(multiples.solvedBy).toBe('active set in multiples of the portfolio');
        for (let i = 0; i < along.weights.length; i++)
          expect(Math.abs(along.weights[i] - multiples.weights[i])).toBeLessThan(1e-8);
        const prices = new Map(
          multiples.binding
            .filter((one) => one.asset === undefined)
            .map((one) => [one.limit, one.shadowPrice]),
        );
        for (const one of along.binding) {
          if (one.bound === 0) continue;
          expect(one.shadowPrice).toBeCloseTo(prices.get(one.asset!)!, 6);
        }
      }),
      { numRuns: 60 },
    );
  });
});
