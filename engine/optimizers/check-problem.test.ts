import { describe, expect, it } from 'vitest';
import { peerCase, peerCasesPresent } from '../../oracles/peer-cases.ts';
import { EngineError } from '../errors.ts';
import { optimizers } from './index.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import { mended } from './mended.ts';
import { minimumVariance } from './minimum-variance.ts';
import type { Problem } from './problem.ts';
import { targetVolatility } from './target-volatility.ts';

const n = 4;
const good: Problem = {
  assets: ['SPY', 'AGG', 'GLD', 'CASH'],
  expectedReturns: Float64Array.of(0.08, 0.04, 0.05, 0.03),
  covariance: Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 0.02 : 0)),
  riskFree: 0.03,
  limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
  riskAversion: 3,
  targetReturn: 0.05,
  targetVolatility: 0.1,
  benchmark: new Float64Array(n).fill(1 / n),
  covarianceRadius: 0.01,
  resampling: { draws: 2, observations: 60, periodsPerYear: 12, seed: 1 },
  beliefs: [
    {
      expectedReturns: Float64Array.of(0.08, 0.04, 0.05, 0.03),
      covariance: Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 0.02 : 0)),
    },
  ],
};

function refusal(optimize: (problem: Problem) => unknown, problem: Problem): EngineError {
  try {
    optimize(problem);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('not refused');
}

const three = Float64Array.of(1, 1, Number.NaN, 1);
const methods = [
  'minimum-variance',
  'maximum-sharpe',
  'target-volatility',
  'target-return',
  'mean-variance-utility',
  'minimum-tracking-error',
  'equal-weight',
  'inverse-volatility',
  'maximum-diversification',
  'maximum-decorrelation',
  'risk-parity',
  'hierarchical-risk-parity',
  'hierarchical-equal-risk',
  'nested-clusters',
  'schur',
  'robust-mean-variance',
  'bayesian-utility',
  'resampled',
] as const;

describe.each(methods)('%s', (method) => {
  it.each<[string, Partial<Problem>, string, Record<string, unknown>]>([
    [
      'an asset that stands twice',
      { assets: ['SPY', 'AGG', 'SPY', 'CASH'] },
      'duplicate-asset',
      { asset: 'SPY', positions: [0, 2] },
    ],
    [
      'an expected return that is no number',
      { expectedReturns: three },
      'bad-input',
      { asset: 'GLD', value: Number.NaN },
    ],
    [
      'too few expected returns',
      { expectedReturns: new Float64Array(3) },
      'bad-input',
      { length: 3, needed: 4 },
    ],
    [
      'a covariance that is no number',
      { covariance: good.covariance.map((v, i) => (i === 6 || i === 9 ? Number.NaN : v)) },
      'bad-input',
      { row: 2, column: 1 },
    ],
    [
      'a covariance that is not symmetric',
      { covariance: good.covariance.map((v, i) => (i === 6 ? 0.01 : v)) },
      'bad-input',
      { row: 2, column: 1, value: 0, mirror: 0.01 },
    ],
    [
      'a covariance of the wrong size',
      { covariance: new Float64Array(15) },
      'bad-input',
      { length: 15, needed: 16 },
    ],
    [
      'a negative variance',
      { covariance: good.covariance.map((v, i) => (i === 10 ? -0.02 : v)) },
      'not-psd',
      { asset: 'GLD' },
    ],
    [
      'a minimum that is no number',
      { limits: { ...good.limits, lower: three } },
      'bad-input',
      { asset: 'GLD', value: Number.NaN },
    ],
    [
      'a maximum below everything',
      { limits: { ...good.limits, upper: Float64Array.of(1, -Infinity, 1, 1) } },
      'bad-input',
      { asset: 'AGG', value: -Infinity },
    ],
    [
      'a risk-free rate that is no number',
      { riskFree: Number.NaN },
      'bad-input',
      { riskFree: Number.NaN },
    ],
    [
      'a present weight that is no number',
      { current: three, tradingCosts: new Float64Array(n) },
      'bad-input',
      { asset: 'GLD' },
    ],
    [
      'a negative trading cost',
      { current: new Float64Array(n), tradingCosts: Float64Array.of(0, -0.001, 0, 0) },
      'bad-input',
      { asset: 'AGG', value: -0.001 },
    ],
  ])('refuses %s by its own code and values', (_, wrong, code, values) => {
    const error = refusal(optimizers[method], { ...good, ...wrong });
    expect(error.code).toBe(code);
    expect(error.values).toMatchObject(values);
  });

  it('names both sides of bounds that have crossed', () => {
    const limits = {
      ...good.limits,
      lower: Float64Array.of(0, 0.4, 0, 0),
      upper: Float64Array.of(1, 0.3, 1, 1),
    };
    const error = refusal(optimizers[method], { ...good, limits });
    expect(error.code).toBe('infeasible');
    const named = (error.values.conflicts as { limit: string; bound: number }[]).map((one) => [
      one.limit,
      one.bound,
    ]);
    expect(named).toEqual([
      ['minimum of AGG', 0.4],
      ['maximum of AGG', 0.3],
    ]);
  });

  it('refuses an indefinite covariance even when its answer would not hold the assets concerned', () => {
    // GLD and CASH cannot correlate by more than 1; both are capped at nothing.
    const covariance = good.covariance.slice();
    covariance[11] = 0.03;
    covariance[14] = 0.03;
    const limits = { ...good.limits, upper: Float64Array.of(1, 1, 0, 0) };
    const error = refusal(optimizers[method], { ...good, covariance, limits });
    expect(error.code).toBe('not-psd');
    expect(error.values.variance as number).toBeLessThan(0);
  });
});

describe('mending', () => {
  const indefinite = good.covariance.slice();
  indefinite[11] = 0.03;
  indefinite[14] = 0.03;

  it('is said aloud, and touches only assets that are not held', () => {
    const limits = { ...good.limits, upper: Float64Array.of(1, 1, 1, 0) };
    const answer = mended(minimumVariance)({ ...good, covariance: indefinite, limits });
    expect(answer.repairs).toHaveLength(1);
    expect(answer.repairs![0]).toMatch(/CASH from 0.02/);
    expect(answer.weights[3]).toBe(0);
    for (const i of [0, 1, 2]) expect(answer.weights[i]).toBeCloseTo(1 / 3, 9);
  });

  it('says nothing where nothing is wrong', () => {
    expect(mended(maximumSharpe)(good)).toEqual(maximumSharpe(good));
  });

  it('is refused where an element differs from its mirror by more than a digit', () => {
    const covariance = good.covariance.slice();
    covariance[1] += 1e-3;
    expect(refusal(mended(minimumVariance), { ...good, covariance }).code).toBe('bad-input');
  });

  it('is refused where a held asset would have to be mended', () => {
    const limits = { ...good.limits, lower: new Float64Array(n).fill(0.2) };
    const error = refusal(mended(minimumVariance), { ...good, covariance: indefinite, limits });
    expect(error.code).toBe('not-psd');
  });
});

describe.skipIf(!peerCasesPresent)('peer cases (skipped without ../shared/oracles)', () => {
  it('refuses the covariance with a negative eigenvalue of issue #8 (paj-mv-target-vol-bounds)', () => {
    const { settings } = peerCase<{
      cov: number[][];
      mu: number[];
      min: number[];
      max: number[];
      target_volatility: number;
    }>('paj-mv-target-vol-bounds');
    const error = refusal(targetVolatility, {
      assets: settings.mu.map((_, i) => `A${i + 1}`),
      expectedReturns: Float64Array.from(settings.mu),
      covariance: Float64Array.from(settings.cov.flat()),
      riskFree: 0,
      limits: {
        lower: Float64Array.from(settings.min),
        upper: Float64Array.from(settings.max),
        linear: [],
      },
      targetVolatility: settings.target_volatility,
    });
    expect(error.code).toBe('not-psd');
    expect(error.values.variance as number).toBeLessThan(0);
  });
});
