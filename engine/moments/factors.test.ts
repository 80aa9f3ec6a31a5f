import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { minimumVariance } from '../optimizers/minimum-variance.ts';
import type { FactorCovariance } from '../optimizers/problem.ts';
import { randomSource } from '../random.ts';
import { annualFactors } from './annual-factors.ts';
import { denoisedCovariance } from './denoised-covariance.ts';
import { factorRegression } from './factor-regression.ts';
import { sampleCovariance } from './sample-covariance.ts';
import { statisticalFactors } from './statistical-factors.ts';

const symbols = (n: number) => Array.from({ length: n }, (_, j) => `A${j}`);

/** m days of n assets on k common factors, with noise. */
function draw(seed: number, m: number, n: number, k: number, noise = 1) {
  const random = randomSource(seed);
  // Of one strength, so that what is left of each asset is of one size and noise has a clear edge.
  const loadings = Float64Array.from({ length: n * k }, () => (random.normal() < 0 ? -1 : 1));
  const factorReturns = Float64Array.from({ length: m * k }, () => 0.01 * random.normal());
  const returns = new Float64Array(m * n);
  for (let t = 0; t < m; t++) {
    for (let i = 0; i < n; i++) {
      let value = 0.002 + 0.01 * noise * random.normal();
      for (let f = 0; f < k; f++) value += loadings[i * k + f] * factorReturns[t * k + f];
      returns[t * n + i] = value;
    }
  }
  return { loadings, factorReturns, returns };
}

/** B F B' + D, entry by entry. */
function expand({ loadings, factorCovariance, specificVariance }: FactorCovariance) {
  const n = specificVariance.length;
  const k = loadings.length / n;
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let value = i === j ? specificVariance[i] : 0;
    for (let f = 0; f < k; f++)
      for (let g = 0; g < k; g++)
        value += loadings[i * k + f] * factorCovariance[f * k + g] * loadings[j * k + g];
    return value;
  });
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return `${error.code}: ${error.message}`;
  }
  return 'no error';
}

describe('statistical factors', () => {
  it("keep every asset's variance, and all of the covariance with as many factors as assets", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 8 }), (seed, n) => {
        const { returns } = draw(seed, 60, n, 1);
        const sample = sampleCovariance(returns, n);
        for (const count of [1, n]) {
          const { factors, explained } = statisticalFactors(returns, symbols(n), count);
          const whole = expand(factors);
          for (let i = 0; i < n; i++)
            expect(whole[i * n + i] / sample[i * n + i]).toBeCloseTo(1, 10);
          expect(explained).toBeLessThan(1 + 1e-12);
          if (count < n) continue;
          whole.forEach((value, at) => {
            expect(Math.abs(value - sample[at])).toBeLessThan(1e-14);
          });
        }
      }),
      { numRuns: 20 },
    );
  });

  it('find as many factors as there are when they stand out of the noise', () => {
    const { returns } = draw(4, 500, 40, 3, 0.8);
    const { factors, explained } = statisticalFactors(returns, symbols(40));
    expect(factors.loadings.length).toBe(40 * 3);
    expect(explained).toBeGreaterThan(0.5);
    expect(codeOf(() => statisticalFactors(returns, symbols(40), 41))).toMatch(
      /^bad-input: Take 1/,
    );
  });
});

describe('factors per year', () => {
  it('lead an optimizer to the portfolio of the matrix they stand for', () => {
    const n = 30;
    const { returns } = draw(12, 200, n, 3);
    const factors = annualFactors(statisticalFactors(returns, symbols(n), 3).factors, 252);
    const problem = {
      assets: symbols(n),
      expectedReturns: new Float64Array(n),
      riskFree: 0,
      limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(0.2), linear: [] },
    };
    const whole = expand(factors);
    const byFactors = minimumVariance({ ...problem, factors, covariance: new Float64Array(0) });
    const byMatrix = minimumVariance({ ...problem, covariance: whole });
    byFactors.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(byMatrix.weights[i], 8);
    });
    const daily = statisticalFactors(returns, symbols(n), 3).factors;
    expect(whole[n + 2] / expand(daily)[n + 2]).toBeCloseTo(252, 9);
  });
});

describe('given factors', () => {
  it('get their loadings back exactly when there is no noise', () => {
    const { loadings, factorReturns, returns } = draw(5, 40, 6, 2, 0);
    const found = factorRegression(returns, symbols(6), factorReturns, ['value', 'size']);
    found.factors.loadings.forEach((value, at) => {
      expect(value).toBeCloseTo(loadings[at], 10);
    });
    found.alphas.forEach((alpha) => {
      expect(alpha).toBeCloseTo(0.002, 12);
    });
    found.explained.forEach((share) => {
      expect(share).toBeCloseTo(1, 12);
    });
  });

  it('leave residuals that no factor explains, with an unbiased variance', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3 }), (seed, k) => {
        const [m, n] = [50, 4];
        const { factorReturns, returns } = draw(seed, m, n, k);
        const { factors, alphas } = factorRegression(
          returns,
          symbols(n),
          factorReturns,
          symbols(k),
        );
        for (let i = 0; i < n; i++) {
          let squares = 0;
          let sum = 0;
          const along = new Float64Array(k);
          for (let t = 0; t < m; t++) {
            let rest = returns[t * n + i] - alphas[i];
            for (let f = 0; f < k; f++)
              rest -= factors.loadings[i * k + f] * factorReturns[t * k + f];
            sum += rest;
            squares += rest * rest;
            for (let f = 0; f < k; f++) along[f] += rest * factorReturns[t * k + f];
          }
          expect(Math.abs(sum)).toBeLessThan(1e-12);
          for (const value of along) expect(Math.abs(value)).toBeLessThan(1e-13);
          expect(factors.specificVariance[i]).toBeCloseTo(squares / (m - k - 1), 14);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are refused when one is a mix of the others, days differ or are too few', () => {
    const { factorReturns, returns } = draw(6, 30, 3, 1);
    const mixed = Float64Array.from(
      { length: 60 },
      (_, at) => (1 + (at % 2)) * factorReturns[at >> 1],
    );
    expect(codeOf(() => factorRegression(returns, symbols(3), mixed, ['one', 'double']))).toMatch(
      /^bad-input: The factor double/,
    );
    const shorter = factorReturns.subarray(1);
    expect(codeOf(() => factorRegression(returns, symbols(3), shorter, ['one']))).toMatch(
      /^bad-input: The factors have 29 returns/,
    );
    expect(
      codeOf(() => factorRegression(returns.subarray(0, 6), symbols(3), shorter, ['one'])),
    ).toMatch(/^short-history/);
  });
});

describe('a denoised covariance', () => {
  it('has no correlations left when there is only noise', () => {
    const random = randomSource(9);
    const returns = Float64Array.from({ length: 600 * 30 }, () => 0.01 * random.normal());
    const { covariance, signals } = denoisedCovariance(returns, symbols(30));
    const sample = sampleCovariance(returns, 30);
    expect(signals).toBe(0);
    for (let i = 0; i < 30; i++)
      for (let j = 0; j < 30; j++)
        expect(covariance[i * 30 + j]).toBeCloseTo(i === j ? sample[i * 31] : 0, 15);
  });

  it('is nearer to the truth than the sample, and without its market when detoned', () => {
    const { loadings, returns } = draw(10, 120, 40, 2, 1);
    const n = 40;
    const truth = (i: number, j: number) =>
      1e-4 *
      (loadings[2 * i] * loadings[2 * j] +
        loadings[2 * i + 1] * loadings[2 * j + 1] +
        (i === j ? 1 : 0));
    const error = (c: Float64Array) =>
      Math.hypot(...c.map((value, at) => value - truth(Math.floor(at / n), at % n)));
    const { covariance, signals } = denoisedCovariance(returns, symbols(n));
    expect(signals).toBe(2);
    expect(error(covariance)).toBeLessThan(error(sampleCovariance(returns, n)));
    const detoned = denoisedCovariance(returns, symbols(n), { detoned: 2 });
    expect(detoned.singular).toBe(true);
    // Both signals are out and the rest has one eigenvalue: what is left is the two taken out.
    const off = (c: Float64Array) => Math.hypot(...c.map((v, at) => (at % (n + 1) === 0 ? 0 : v)));
    expect(off(detoned.covariance)).toBeLessThan(0.3 * off(covariance));
    const twice = Float64Array.from({ length: 60 }, (_, at) => returns[at - (at % 2)]);
    expect(codeOf(() => denoisedCovariance(twice, symbols(2), { detoned: 1 }))).toMatch(
      /^bad-input: Nothing of A0 is left/,
    );
    expect(codeOf(() => denoisedCovariance(returns, symbols(n), { detoned: n }))).toMatch(
      /^bad-input/,
    );
  });
});
