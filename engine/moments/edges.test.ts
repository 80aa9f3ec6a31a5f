import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { randomSource } from '../random.ts';
import { annualCovariance, type CovarianceSettings } from './annual-covariance.ts';
import { bayesStein } from './bayes-stein.ts';
import { capmReturns } from './capm-returns.ts';
import { decayWeights } from './decay.ts';
import { denoisedCovariance } from './denoised-covariance.ts';
import { equilibriumReturns } from './equilibrium-returns.ts';
import { exponentialCovariance } from './exponential-covariance.ts';
import { factorRegression } from './factor-regression.ts';
import { jamesStein } from './james-stein.ts';
import { sampleCovariance } from './sample-covariance.ts';

const rows = 40;
const names = ['A', 'B', 'C', 'D'];
const n = names.length;
const random = randomSource(5);
const returns = Float64Array.from({ length: rows * n }, () => 0.01 * random.normal());
const still = returns.map((r, at) => (at % n === 2 ? 0.001 : r));

function codeOf(solve: () => unknown): string {
  try {
    solve();
  } catch (error) {
    if (error instanceof EngineError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}

const window = (given: Float64Array) => ({
  assets: names,
  returns: given,
  rows,
  days: Int32Array.from({ length: rows }, (_, t) => t),
  dropped: [],
});

describe('an asset that never moves', () => {
  it.each<CovarianceSettings>([
    { method: 'sample' },
    { method: 'ledoit-wolf-identity' },
    { method: 'oracle-approximating' },
    { method: 'ledoit-wolf-single-factor' },
    { method: 'exponential', halfLife: 10 },
    { method: 'semicovariance' },
  ])('is named by $method, even where shrinkage would give it a variance', (settings) => {
    expect(codeOf(() => annualCovariance(window(still), settings))).toMatch(
      /^zero-variance: The price of C never moves/,
    );
  });

  it('is named by Bayes-Stein means and as a factor', () => {
    expect(codeOf(() => bayesStein(still, names))).toMatch(/^zero-variance: The price of C/);
    const flat = new Float64Array(rows).fill(0.01);
    expect(codeOf(() => factorRegression(returns, names, flat, ['RATE']))).toMatch(
      /^zero-variance: The price of RATE/,
    );
  });

  it('is not confused with one that only never loses', () => {
    const rising = returns.map((r, at) => (at % n === 2 ? Math.abs(r) : r));
    expect(codeOf(() => annualCovariance(window(rising), { method: 'semicovariance' }))).toMatch(
      /^zero-variance: C never lost/,
    );
  });
});

describe('a half-life too short for a second observation', () => {
  it('leaves all weight on the youngest', () => {
    for (const halfLife of [1e-4, 1e-320])
      expect([...decayWeights(3, { halfLife })]).toEqual([0, 0, 1]);
  });

  it('has no covariance', () => {
    for (const halfLife of [1e-4, 0.01])
      expect(codeOf(() => exponentialCovariance(returns, n, halfLife))).toMatch(
        /^bad-input: So short a half-life/,
      );
  });
});

describe('assets that move as one', () => {
  it.each([2, 3, 5, 10])('keep their covariance through denoising (%i of them)', (count) => {
    const shared = Float64Array.from({ length: rows * count }, (_, at) => {
      const i = at % count;
      return (1 + i) * returns[Math.floor(at / count) * n];
    });
    const { covariance } = denoisedCovariance(
      shared,
      Array.from({ length: count }, (_, i) => `S${i}`),
    );
    const sample = sampleCovariance(shared, count);
    covariance.forEach((value, at) => {
      expect(value / sample[at]).toBeCloseTo(1, 9);
    });
  });
});

describe('CAPM with a market that begins late', () => {
  const settings = { riskFree: 0.01, periodsPerYear: 252, marketMean: 'arithmetic' } as const;
  const begun = 6;
  const cut = returns.subarray(begun * n);
  const late = (values: Float64Array, width: number) =>
    values.map((r, at) => (at < begun * width ? Number.NaN : r));

  it('is that of the days the market has', () => {
    const market = Float64Array.from(
      { length: rows },
      (_, t) => returns[t * n] + returns[t * n + 1],
    );
    const given = capmReturns(returns, names, { ...settings, market: late(market, 1) });
    const known = capmReturns(cut.slice(), names, { ...settings, market: market.slice(begun) });
    expect(given.marketReturn).toBeCloseTo(known.marketReturn, 12);
    given.betas.forEach((beta, i) => {
      expect(beta).toBeCloseTo(known.betas[i], 12);
    });
  });

  it('is so for the mean of assets that all begin late', () => {
    const given = capmReturns(late(returns, n), names, settings);
    const known = capmReturns(cut.slice(), names, settings);
    given.means.forEach((mean, i) => {
      expect(mean).toBeCloseTo(known.means[i], 12);
    });
  });
});

describe('numbers that are none', () => {
  it('draw no mean and set no equilibrium', () => {
    const means = Float64Array.of(0.1, 0.05);
    const certain = { means, standardErrors: Float64Array.of(0.02, 0) };
    expect(codeOf(() => jamesStein(certain))).toMatch(/^bad-input: .*mean 2 is 0/);
    const covariance = Float64Array.of(0.04, 0, 0, 0.01);
    const settings = { riskFree: 0.01, marketSharpe: 0.3 };
    const wide = Float64Array.of(Infinity, 1);
    expect(codeOf(() => equilibriumReturns(covariance, wide, settings))).toMatch(/^bad-input/);
    const rate = { ...settings, riskFree: Number.NaN };
    expect(codeOf(() => equilibriumReturns(covariance, means, rate))).toMatch(/rate is NaN/);
  });
});
