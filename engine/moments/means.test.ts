import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { randomSource } from '../random.ts';
import { bayesStein } from './bayes-stein.ts';
import { capmReturns } from './capm-returns.ts';
import { compoundMean } from './compound-mean.ts';
import { decayWeights } from './decay.ts';
import { exponentialMean } from './exponential-mean.ts';
import { sampleCovariance } from './sample-covariance.ts';

const symbols = (n: number) => Array.from({ length: n }, (_, j) => `A${j}`);

function draw(seed: number, rows: number, n: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from(
    { length: rows * n },
    (_, at) => 0.001 * (at % n) + 0.01 * random.normal(),
  );
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return `${error.code}: ${error.message}`;
  }
  return 'no error';
}

describe('compound means', () => {
  it('are the growth of a price over its own history, per year', () => {
    const returns = Float64Array.of(0.1, Number.NaN, -0.05, 0.2, 0.02, 0.1);
    const found = compoundMean(returns, ['OLD', 'NEW'], 12);
    expect(found[0]).toBeCloseTo((1.1 * 0.95 * 1.02) ** 4 - 1, 14);
    expect(found[1]).toBeCloseTo((1.2 * 1.1) ** 6 - 1, 14);
  });

  it('lie below the arithmetic mean per year compounded', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 60 }), (seed, rows) => {
        const returns = draw(seed, rows, 1);
        const mean = returns.reduce((sum, v) => sum + v, 0) / rows;
        const [growth] = compoundMean(returns, ['A'], 252);
        expect(growth).toBeLessThanOrEqual((1 + mean) ** 252 - 1 + 1e-12);
      }),
    );
  });

  it('refuse a loss of more than everything and a gap', () => {
    expect(codeOf(() => compoundMean(Float64Array.of(0.1, -1.2), ['A'], 252))).toMatch(
      /^bad-input: A lost 120 %/,
    );
    expect(codeOf(() => compoundMean(Float64Array.of(0.1, Number.NaN), ['A'], 252))).toMatch(
      /^bad-input: .*row 1/,
    );
  });
});

describe('exponentially weighted means', () => {
  it('halve the weight of a day with every half-life', () => {
    const weights = decayWeights(30, { halfLife: 5 });
    expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 14);
    for (let t = 5; t < 30; t++) expect(weights[t - 5] / weights[t]).toBeCloseTo(0.5, 13);
    const span = decayWeights(30, { span: 9 });
    for (let t = 1; t < 30; t++) expect(span[t - 1] / span[t]).toBeCloseTo(0.8, 13);
  });

  it('lean to the latest day, and to the plain mean when nothing is forgotten', () => {
    const returns = draw(3, 40, 2);
    const latest = exponentialMean(returns, 2, { halfLife: 0.02 });
    expect(latest[1]).toBeCloseTo(returns[79], 12);
    const even = exponentialMean(returns, 2, { halfLife: 1e9 });
    const plain = returns.reduce((sum, v, at) => sum + (at % 2 === 0 ? v : 0), 0) / 40;
    expect(even[0]).toBeCloseTo(plain, 10);
  });

  it('refuse a decay that is none', () => {
    expect(codeOf(() => decayWeights(5, { halfLife: 0 }))).toMatch(/^bad-input: A half-life of 0/);
    expect(codeOf(() => decayWeights(5, { span: 1 }))).toMatch(/^bad-input: A span of 1/);
    expect(codeOf(() => decayWeights(5, { span: Number.NaN }))).toMatch(/^bad-input/);
  });
});

describe('Bayes-Stein means', () => {
  it("follow Jorion's formulas by plain inversion", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 6 }), (seed, n) => {
        const m = 50;
        const returns = draw(seed, m, n);
        const found = bayesStein(returns, symbols(n));
        const s = Matrix.from1DArray(n, n, sampleCovariance(returns, n)).mul((m - 1) / (m - n - 2));
        const precision = inverse(s);
        const ones = Matrix.ones(n, 1);
        const means = Matrix.columnVector(
          symbols(n).map(
            (_, j) => returns.reduce((sum, v, at) => sum + (at % n === j ? v : 0), 0) / m,
          ),
        );
        const total = ones.transpose().mmul(precision).mmul(ones).get(0, 0);
        const target = ones.transpose().mmul(precision).mmul(means).get(0, 0) / total;
        const gaps = Matrix.sub(means, target);
        const lambda = (n + 2) / gaps.transpose().mmul(precision).mmul(gaps).get(0, 0);
        const weight = lambda / (m + lambda);
        expect(found.target).toBeCloseTo(target, 12);
        expect(found.intensity).toBeCloseTo(weight, 10);
        const factor = lambda / (m * (m + 1 + lambda) * total);
        for (let i = 0; i < n; i++) {
          const mean = (1 - weight) * means.get(i, 0) + weight * target;
          expect(found.means[i]).toBeCloseTo(mean, 12);
          for (let j = 0; j < n; j++) {
            const value = s.get(i, j) * (1 + 1 / (m + lambda)) + factor;
            expect(found.covariance[i * n + j]).toBeCloseTo(value, 12);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are refused for too few days and for an asset that is a mix of others', () => {
    expect(codeOf(() => bayesStein(draw(1, 6, 4), symbols(4)))).toMatch(
      /^short-history: .*least 7/,
    );
    const twice = draw(1, 40, 3).map((v, at, all) => (at % 3 === 2 ? all[at - 1] : v));
    expect(codeOf(() => bayesStein(twice, symbols(3)))).toMatch(/^not-psd: .*A2/);
  });
});

describe('CAPM returns', () => {
  const market = Float64Array.of(0.02, -0.01, 0.03, 0.005, -0.015);
  const settings = {
    riskFree: 0.01,
    periodsPerYear: 12,
    market,
    marketMean: 'arithmetic' as const,
  };

  it('pay the risk-free rate plus beta times the premium of the market', () => {
    const returns = Float64Array.from({ length: 10 }, (_, at) =>
      at % 2 === 0 ? 0.001 + 2 * market[at >> 1] : 0.002 - 0.5 * market[at >> 1],
    );
    const found = capmReturns(returns, ['LEVERED', 'INVERSE'], settings);
    expect(found.marketReturn).toBeCloseTo((12 * 0.03) / 5, 14);
    expect(found.betas[0]).toBeCloseTo(2, 12);
    expect(found.betas[1]).toBeCloseTo(-0.5, 12);
    expect(found.means[0]).toBeCloseTo(0.01 + 2 * (found.marketReturn - 0.01), 12);
  });

  it('have a mean beta of one against the equally weighted market', () => {
    const { betas } = capmReturns(draw(4, 60, 5), symbols(5), {
      riskFree: 0,
      periodsPerYear: 252,
    });
    expect(betas.reduce((sum, beta) => sum + beta, 0) / 5).toBeCloseTo(1, 12);
  });

  it('are refused without a market that moves or that is long enough', () => {
    const returns = draw(1, 5, 2);
    const still = { ...settings, market: new Float64Array(5).fill(0.01) };
    expect(codeOf(() => capmReturns(returns, symbols(2), still))).toMatch(/^zero-variance/);
    const short = { ...settings, market: market.subarray(1) };
    expect(codeOf(() => capmReturns(returns, symbols(2), short))).toMatch(/^bad-input: Give 5/);
  });
});
