import { expect, test } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import { optimizers } from '../optimizers/index.ts';
import { equilibriumReturns } from './equilibrium-returns.ts';
import { shrinkToPrior } from './shrink-to-prior.ts';

const covariance = Float64Array.of(0.04, 0.006, 0.006, 0.01);
const market = Float64Array.of(0.6, 0.4);

test('the market portfolio earns its Sharpe ratio', () => {
  const returns = equilibriumReturns(covariance, market, { riskFree: 0.02, marketSharpe: 0.4 });
  const volatility = Math.sqrt(0.36 * 0.04 + 2 * 0.24 * 0.006 + 0.16 * 0.01);
  const excess = 0.6 * returns[0] + 0.4 * returns[1] - 0.02;
  expect(excess / volatility).toBeCloseTo(0.4, 12);
});

test('at equilibrium the market portfolio is the one with the highest Sharpe ratio', () => {
  const expectedReturns = equilibriumReturns(covariance, market, {
    riskFree: 0.02,
    marketSharpe: 0.4,
  });
  const { weights } = optimizers['maximum-sharpe']({
    assets: ['A', 'B'],
    expectedReturns,
    covariance,
    riskFree: 0.02,
    limits: { lower: new Float64Array(2), upper: Float64Array.of(1, 1), linear: [] },
  });
  expect(weights[0]).toBeCloseTo(0.6, 8);
  expect(weights[1]).toBeCloseTo(0.4, 8);
});

test.skipIf(!oraclesPresent)(
  'opt-001: equilibrium returns of He and Litterman (1999), table 2',
  () => {
    const { inputs, expected, tolerance } = oracle('opt-001') as {
      inputs: { w_eq: number[]; vol: number[]; corr: number[][]; delta?: number };
      expected: number[];
      tolerance: number;
    };
    const n = inputs.vol.length;
    const matrix = Float64Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return inputs.corr[i][j] * inputs.vol[i] * inputs.vol[j];
    });
    const weights = Float64Array.from(inputs.w_eq);
    let variance = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) variance += weights[i] * weights[j] * matrix[i * n + j];
    }
    // Their risk aversion of 2.5 is a price per variance: times the market's volatility, a Sharpe ratio.
    const returns = equilibriumReturns(matrix, weights, {
      riskFree: 0,
      marketSharpe: 2.5 * Math.sqrt(variance),
    });
    expected.forEach((value, i) => {
      expect(Math.abs(returns[i] - value)).toBeLessThanOrEqual(tolerance);
    });
  },
);

test('sample means no wider than their noise are left at the prior', () => {
  const shrunk = shrinkToPrior(
    { means: Float64Array.of(0.05, 0.03), standardErrors: Float64Array.of(0.1, 0.1) },
    Float64Array.of(0.06, 0.02),
  );
  expect([...shrunk.means]).toEqual([0.06, 0.02]);
  expect([...shrunk.intensities]).toEqual([1, 1]);
});

test('means far from the prior are believed, the precise one more', () => {
  const shrunk = shrinkToPrior(
    { means: Float64Array.of(0.2, 0.2), standardErrors: Float64Array.of(0.01, 0.2) },
    Float64Array.of(0.05, 0.05),
  );
  expect(shrunk.means[0]).toBeGreaterThan(shrunk.means[1]);
  expect(shrunk.means[0]).toBeGreaterThan(0.19);
  expect(shrunk.standardErrors[0]).toBeLessThan(0.01);
});

test('an empty market portfolio and one without risk are refused', () => {
  const settings = { riskFree: 0, marketSharpe: 0.4 };
  expect(() => equilibriumReturns(covariance, new Float64Array(2), settings)).toThrow(
    'not all zero',
  );
  expect(() => equilibriumReturns(new Float64Array(4), market, settings)).toThrow('no risk');
});
