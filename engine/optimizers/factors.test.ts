import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { randomSource } from '../random.ts';
import { expanded } from './conformance/expanded.fixture.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import { minimumVariance } from './minimum-variance.ts';
import type { FactorCovariance, Problem } from './problem.ts';
import { targetReturn } from './target-return.ts';
import { targetVolatility } from './target-volatility.ts';

/** A factor model: `n` assets on `k` correlated factors; every `riskless`-th asset has no risk of its own. */
function factorModel(n: number, k: number, seed: number, riskless = 0): FactorCovariance {
  const random = randomSource(seed);
  const root = Array.from({ length: k * k }, () => 0.1 * random.normal());
  const factorCovariance = new Float64Array(k * k);
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++)
      for (let c = 0; c < k; c++) factorCovariance[a * k + b] += root[a * k + c] * root[b * k + c];
  return {
    loadings: Float64Array.from({ length: n * k }, (_, at) =>
      at % k === 0 ? 1 + 0.3 * random.normal() : 0.4 * random.normal(),
    ),
    factorCovariance,
    specificVariance: Float64Array.from({ length: n }, (_, i) =>
      riskless > 0 && i % riskless === 1 ? 0 : (0.1 + 0.3 * random.uniform()) ** 2,
    ),
  };
}

function problemOn(factors: FactorCovariance, seed: number, costs: boolean): Problem {
  const n = factors.specificVariance.length;
  const random = randomSource(seed);
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: Float64Array.from({ length: n }, () => 0.03 + 0.08 * random.uniform()),
    covariance: new Float64Array(0),
    factors,
    riskFree: 0.02,
    limits: {
      lower: Float64Array.from({ length: n }, (_, i) => (i % 7 === 3 ? -0.05 : 0)),
      upper: Float64Array.from({ length: n }, () => 0.1 + 0.3 * random.uniform()),
      linear: [
        {
          name: 'first third',
          coefficients: Float64Array.from({ length: n }, (_, i) => (3 * i < n ? 1 : 0)),
          lower: 0.1,
          upper: 0.5,
        },
      ],
    },
    riskAversion: 4,
    targetReturn: 0.07,
    targetVolatility: 0.14,
    ...(costs && {
      current: new Float64Array(n).fill(1 / n),
      tradingCosts: Float64Array.from({ length: n }, () => 0.003 * random.uniform()),
    }),
  };
}

const methods = {
  minimumVariance,
  maximumSharpe,
  meanVarianceUtility,
  targetReturn,
  targetVolatility,
};

describe.each(Object.entries(methods))('%s on a factor covariance', (_, optimize) => {
  it('answers as on the same covariance multiplied out, to 1e-9', () => {
    for (const [n, k, riskless, costs] of [
      [12, 2, 0, true],
      [40, 3, 5, false],
      [60, 8, 0, true],
    ] as const) {
      const problem = problemOn(factorModel(n, k, n, riskless), n + 1, costs);
      const { factors, ...rest } = problem;
      const slim = optimize(problem);
      const full = optimize({ ...rest, covariance: expanded(factors!) });
      for (let i = 0; i < n; i++)
        expect(Math.abs(slim.weights[i] - full.weights[i])).toBeLessThan(1e-9);
      expect(Math.abs(slim.volatility - full.volatility)).toBeLessThan(1e-9);
      expect(slim.binding.map((one) => one.limit)).toEqual(full.binding.map((one) => one.limit));
      expect(slim.residual).toBeLessThan(1e-8);
    }
  });
});

describe('a factor covariance', () => {
  const good = problemOn(factorModel(6, 2, 1), 2, false);
  const refusal = (factors: Partial<FactorCovariance>, more: Partial<Problem> = {}) => {
    try {
      minimumVariance({ ...good, factors: { ...good.factors!, ...factors }, ...more });
    } catch (error) {
      if (error instanceof EngineError) return error;
      throw error;
    }
    throw new Error('not refused');
  };

  it('is chosen from without n x n numbers: 2,000 assets on 20 factors', () => {
    const problem = problemOn(factorModel(2000, 20, 3), 4, false);
    const started = performance.now();
    const answer = minimumVariance(problem);
    console.log(
      `2,000 assets on 20 factors: minimum variance in ${(performance.now() - started).toFixed(0)} ms, cold`,
    );
    expect(answer.residual).toBeLessThan(1e-8);
  });

  it.each([
    [
      'a factor covariance with a negative eigenvalue',
      { factorCovariance: Float64Array.of(1, 2, 2, 1) },
      'not-psd',
    ],
    [
      'a negative specific variance',
      { specificVariance: Float64Array.of(1, 1, -1, 1, 1, 1) },
      'not-psd',
    ],
    ['loadings that do not divide', { loadings: new Float64Array(11) }, 'bad-input'],
    [
      'a loading that is no number',
      { loadings: new Float64Array(12).fill(Number.NaN) },
      'bad-input',
    ],
    [
      'factors that are not symmetric',
      { factorCovariance: Float64Array.of(1, 0, 0.5, 1) },
      'bad-input',
    ],
  ])('is refused with %s', (_, wrong, code) => {
    const error = refusal(wrong);
    expect(error.code).toBe(code);
    expect(Object.keys(error.values).length).toBeGreaterThan(0);
  });

  it('is refused beside a covariance in numbers', () => {
    expect(refusal({}, { covariance: new Float64Array(36) }).code).toBe('bad-input');
  });
});
