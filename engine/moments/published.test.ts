import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import {
  peerCase,
  peerCasesPresent,
  peerPrices,
  selectPrices,
  simpleReturns,
} from '../../oracles/peer-cases.ts';
import { dayNumber } from '../calendar.ts';
import { capmReturns } from './capm-returns.ts';
import { compoundMean } from './compound-mean.ts';
import { exponentialMean } from './exponential-mean.ts';
import { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.ts';
import { nearestCorrelation } from './nearest-correlation.ts';
import { pairwiseCovariance } from './pairwise-covariance.ts';
import { semicovariance } from './semicovariance.ts';

type Named = Record<string, number>;
type Portfolio = { expected_return: number; volatility: number };

function expectNamed(names: readonly string[], found: Float64Array, id: string) {
  const one = peerCase<unknown, Named>(id);
  names.forEach((name, i) => {
    const gap = Math.abs(found[i] - one.observed![name]);
    expect(gap).toBeLessThanOrEqual(one.tolerance_suggested.value);
    expect(Math.abs(found[i] - one.expected[name])).toBeLessThanOrEqual(
      one.tolerance_suggested.value,
    );
  });
}

function expectMatrix(found: Float64Array, expected: number[][], tolerance: number) {
  expect(found.length).toBe(expected.flat().length);
  expected.flat().forEach((value, at) => {
    expect(Math.abs(found[at] - value)).toBeLessThanOrEqual(tolerance);
  });
}

/** Volatility per year that a daily covariance gives the case's weights. */
function volatilityOf(id: string, names: readonly string[], covariance: Float64Array): number {
  const weights = names.map((name) => peerCase(id).reference_weights![name]);
  let variance = 0;
  weights.forEach((a, i) => {
    weights.forEach((b, j) => {
      variance += 252 * a * b * covariance[i * names.length + j];
    });
  });
  return Math.sqrt(variance);
}

describe.skipIf(!peerCasesPresent)("peers' moments (skipped without ../shared/oracles)", () => {
  const stocks = () => simpleReturns(peerPrices('data/pypfopt/stock_prices.csv'));

  it('compounds each stock over its own history (ppo-mu-mean-historical)', () => {
    const { names, returns } = stocks();
    expectNamed(names, compoundMean(returns, names, 252), 'ppo-mu-mean-historical');
  });

  it('finds CAPM returns against the equally weighted market (ppo-mu-capm-no-benchmark)', () => {
    const { names, returns } = stocks();
    const { means } = capmReturns(returns, names, { riskFree: 0.02, periodsPerYear: 252 });
    expectNamed(names, means, 'ppo-mu-capm-no-benchmark');
  });

  it('finds exponentially weighted means with a half-life of 40 (skf-ew-mu-halflife40)', () => {
    const prices = peerPrices('data/skfolio/sp500_dataset.csv.gz');
    const { names, returns } = simpleReturns(
      selectPrices(prices, { since: dayNumber(2014, 1, 1) }),
    );
    const found = exponentialMean(returns, names.length, { halfLife: 40 });
    expectNamed(names, found, 'skf-ew-mu-halflife40');
  });

  it('finds the semicovariance behind ppo-max-sharpe-semicov', () => {
    const { names, returns } = stocks();
    // The peer takes a day before a stock was listed as a day without a loss.
    const listed = returns.map((value) => (Number.isNaN(value) ? 0 : value));
    const id = 'ppo-max-sharpe-semicov';
    const found = volatilityOf(id, names, semicovariance(listed, names.length));
    const { volatility } = peerCase<unknown, Portfolio>(id).observed!;
    expect(Math.abs(found / volatility - 1)).toBeLessThan(1e-9);
  });

  it('finds the exponential covariance of unequal histories behind ppo-max-sharpe-expcov', () => {
    const { names, returns } = stocks();
    const id = 'ppo-max-sharpe-expcov';
    const { covariance, repairs } = pairwiseCovariance(returns, names, { decay: { span: 180 } });
    const { volatility } = peerCase<unknown, Portfolio>(id).observed!;
    expect(repairs).toEqual([]);
    expect(Math.abs(volatilityOf(id, names, covariance) / volatility - 1)).toBeLessThan(1e-9);
  });

  it('finds the pairwise covariance behind ppo-max-sharpe and ppo-min-vol', () => {
    const { names, returns } = stocks();
    const { covariance, repairs, fewest } = pairwiseCovariance(returns, names);
    expect(repairs).toEqual([]);
    expect(fewest).toBe(895);
    for (const id of ['ppo-max-sharpe', 'ppo-min-vol']) {
      const { volatility } = peerCase<unknown, Portfolio>(id).observed!;
      expect(Math.abs(volatilityOf(id, names, covariance) / volatility - 1)).toBeLessThan(1e-9);
    }
  });

  it('shrinks to constant correlation (paj-lw-constant-correlation)', () => {
    const one = peerCase<{ returns_by_asset: number[][] }, { weights: number[][] }>(
      'paj-lw-constant-correlation',
    );
    const series = one.settings.returns_by_asset;
    const returns = Float64Array.from(
      { length: series.flat().length },
      (_, at) => series[at % series.length][Math.floor(at / series.length)],
    );
    const { covariance } = ledoitWolfConstantCorrelation(returns, series.length);
    expectMatrix(covariance, one.expected.weights, one.tolerance_suggested.value);
  });

  it('finds the nearest correlation of six assets (skf-nearest-corr-higham)', () => {
    const one = peerCase<{ matrix: number[][] }, { matrix: number[][] }>('skf-nearest-corr-higham');
    const { correlation, repairs } = nearestCorrelation(
      Float64Array.from(one.settings.matrix.flat()),
      6,
    );
    expectMatrix(correlation, one.observed!.matrix, one.tolerance_suggested.value);
    expectMatrix(correlation, one.expected.matrix, one.tolerance_suggested.value);
    expect(repairs[0]).toContain('-0.0626');
  });

  it('finds the nearest correlation of three assets (paj-nearest-corr-higham3)', () => {
    const one = peerCase<{ matrix: number[][] }, { weights: number[][] }>(
      'paj-nearest-corr-higham3',
    );
    const { correlation } = nearestCorrelation(Float64Array.from(one.settings.matrix.flat()), 3);
    expectMatrix(correlation, one.expected.weights, one.tolerance_suggested.value);
    expectMatrix(correlation, one.observed!.weights, one.tolerance_suggested.value);
  });
});

describe.skipIf(!oraclesPresent)('published matrices (skipped without ../shared/oracles)', () => {
  it('finds the nearest correlations of Higham (opt-028)', () => {
    type Pair = { A1: number[][]; A2: number[][] };
    const { inputs, expected, tolerance } = oracle<Pair, Pair>('opt-028');
    for (const key of ['A1', 'A2'] as const) {
      const n = inputs[key].length;
      const { correlation } = nearestCorrelation(Float64Array.from(inputs[key].flat()), n);
      expectMatrix(correlation, expected[key], tolerance);
    }
  });
});
