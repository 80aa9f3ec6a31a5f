import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { conditionalValueAtRisk } from '../measures/conditional-value-at-risk.ts';
import type { Allocation, Problem } from '../optimizers/problem.ts';
import { randomSource } from '../random.ts';
import { annualLoss } from './annual-loss.ts';
import { covarianceOf, riskOf } from './correlation.ts';
import { explainAllocation } from './explain-allocation.ts';
import { leadingDrivers } from './leading-drivers.ts';
import { portfolioVolatility } from './portfolio-volatility.ts';
import { portfolioReturnError } from './return-error.ts';
import { riskContributions } from './risk-contributions.ts';

const covariance = Float64Array.of(0.04, 0.006, 0, 0.006, 0.01, 0, 0, 0, 0);

const problem: Problem = {
  assets: ['SPY', 'AGG', 'CASH'],
  expectedReturns: Float64Array.of(0.08, 0.04, 0.02),
  covariance,
  riskFree: 0.02,
  limits: {
    lower: new Float64Array(3),
    upper: Float64Array.of(0.5, 1, 1),
    linear: [],
  },
  current: Float64Array.of(0.4, 0.3, 0.3),
  tradingCosts: Float64Array.of(0.001, 0.002, 0),
};

const allocation: Allocation = {
  method: 'target-volatility',
  weights: Float64Array.of(0.5, 0.3, 0.2),
  expectedReturn: 0.056,
  volatility: 0.11,
  tradingCost: 0.0001,
  binding: [
    {
      limit: 'risk',
      kind: 'target-volatility',
      bound: 0.11,
      shadowPrice: 0.2,
      shadowUnit: 'return',
    },
    {
      limit: 'SPY',
      kind: 'upper',
      asset: 'SPY',
      bound: 0.5,
      shadowPrice: 0.6,
      shadowUnit: 'return',
    },
    { limit: 'AGG', kind: 'lower', asset: 'AGG', bound: 0, shadowPrice: 0, shadowUnit: 'return' },
  ],
  residual: 0,
  iterations: 3,
  solvedBy: 'by hand',
};

describe('risk contributions', () => {
  it('sum to 1 and follow the marginal risk', () => {
    const shares = riskContributions(Float64Array.of(0.5, 0.5, 0), covariance);
    expect(shares[0]).toBeCloseTo((0.5 * 0.023) / 0.0155, 12);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
  });

  it('refuse a portfolio without risk', () => {
    expect(() => riskContributions(Float64Array.of(0, 0, 1), covariance)).toThrow(
      expect.objectContaining({ code: 'zero-variance' }),
    );
  });
});

describe('a covariance taken apart', () => {
  it('comes together again, cash included', () => {
    const back = covarianceOf(riskOf(covariance));
    for (const [i, value] of covariance.entries()) expect(back[i]).toBeCloseTo(value, 16);
  });
});

describe('the explanation of an allocation', () => {
  const drivers = explainAllocation(problem, allocation);

  it('names binding limits by their price, with the return of one more point', () => {
    const limits = drivers.flatMap((d) => (d.kind === 'binding-limit' ? [d] : []));
    expect(limits.map((d) => d.binding.limit)).toEqual(['SPY', 'risk']);
    expect(limits[0].returnPerPoint).toBeCloseTo(0.006, 15);
  });

  it('names who carries the risk and what diversification takes off', () => {
    const shares = drivers.flatMap((d) => (d.kind === 'risk-share' ? [d] : []));
    expect(shares.map((d) => d.asset)).toEqual(['SPY', 'AGG', 'CASH']);
    expect(shares.reduce((sum, d) => sum + d.share, 0)).toBeCloseTo(1, 12);
    const mixed = drivers.find((d) => d.kind === 'diversification');
    expect(mixed?.kind === 'diversification' && mixed.averageVolatility).toBeCloseTo(0.13, 12);
  });

  it('names the position that costs hold in place, not the one that trades free', () => {
    const held = drivers.flatMap((d) => (d.kind === 'held-back-by-cost' ? [d] : []));
    expect(held).toEqual([
      { kind: 'held-back-by-cost', asset: 'AGG', weight: 0.3, oneWayCost: 0.002 },
    ]);
  });

  it('leads with three to five of them, the same every time', () => {
    const leading = leadingDrivers(drivers);
    expect(leading.map((d) => d.kind)).toEqual([
      'binding-limit',
      'binding-limit',
      'risk-share',
      'diversification',
      'held-back-by-cost',
    ]);
    expect(leadingDrivers(drivers)).toEqual(leading);
    expect(leadingDrivers(drivers, 3)).toHaveLength(3);
  });
});

describe('the error of an expected return', () => {
  it('shrinks with the root of the years', () => {
    const weights = Float64Array.of(1, 0, 0);
    expect(portfolioReturnError(weights, covariance, 25)).toBeCloseTo(0.04, 15);
    expect(() => portfolioReturnError(weights, covariance, 0)).toThrow(/positive/);
  });
});

describe('the loss of a bad year', () => {
  it('is parametric and says so when the history is short', () => {
    const random = randomSource(1);
    const rows = 300;
    const prices = new Float64Array(rows);
    prices[0] = 100;
    for (let t = 1; t < rows; t++) prices[t] = prices[t - 1] * (1 + 0.01 * random.normal());
    const panel = {
      assets: ['A'],
      days: Int32Array.from({ length: rows }, (_, i) => i),
      prices,
      firstRow: Int32Array.of(0),
    };
    const one = Float64Array.of(1);
    const loss = annualLoss(panel, one, Float64Array.of(0.05), Float64Array.of(0.04));
    expect(loss).toMatchObject({ method: 'parametric', windows: 48, level: 0.95 });
    expect(loss.conditionalValueAtRisk).toBeCloseTo(2.0627128 * 0.2 - 0.05, 6);
  });

  it('is the worse of history and a normal distribution once history is long enough', () => {
    const random = randomSource(1);
    const rows = 300;
    const prices = new Float64Array(rows);
    prices[0] = 100;
    for (let t = 1; t < rows; t++) prices[t] = prices[t - 1] * (1 + 0.01 * random.normal());
    const panel = {
      assets: ['A'],
      days: Int32Array.from({ length: rows }, (_, i) => i),
      prices,
      firstRow: Int32Array.of(0),
    };
    const one = Float64Array.of(1);
    const at = (variance: number) =>
      annualLoss(panel, one, Float64Array.of(0.05), Float64Array.of(variance), { leastYears: 1 });
    const years = Float64Array.from({ length: 48 }, (_, t) => prices[t + 252] / prices[t] - 1);
    const history = -conditionalValueAtRisk(years, 0.05);
    expect(at(1e-6)).toMatchObject({ method: 'historical', windows: 48 });
    expect(at(1e-6).conditionalValueAtRisk).toBeCloseTo(history, 12);
    expect(at(0.25)).toMatchObject({ method: 'parametric', windows: 48 });
    expect(at(0.25).conditionalValueAtRisk).toBeCloseTo(2.0627128 * 0.5 - 0.05, 6);
    expect(at(0.25).conditionalValueAtRisk).toBeGreaterThan(history);
  });

  it('of cash alone is its own interest, a gain', () => {
    const panel = {
      assets: ['A'],
      days: Int32Array.from({ length: 600 }, (_, i) => i),
      prices: new Float64Array(600).fill(1),
      firstRow: Int32Array.of(0),
    };
    const none = Float64Array.of(0);
    const loss = annualLoss(panel, none, none, none, { cashRate: 0.03, leastYears: 1 });
    expect(loss.conditionalValueAtRisk).toBeCloseTo(-0.03, 12);
  });

  it.skipIf(!corePanelPresent)(
    'of SPY was 32.3 % over 2005 to 2026 (skipped without ../shared/market)',
    () => {
      const loss = annualLoss(
        corePanel(['SPY']),
        Float64Array.of(1),
        Float64Array.of(0.08),
        Float64Array.of(0.03),
      );
      expect(loss.method).toBe('historical');
      expect(loss.windows).toBeGreaterThan(5_000);
      // Recomputed apart from the engine, from the file's prices.
      expect(loss.conditionalValueAtRisk).toBeCloseTo(0.32264, 5);
      expect(loss.conditionalValueAtRisk).toBeGreaterThan(loss.valueAtRisk);
    },
  );
});

describe.skipIf(!oraclesPresent)('published risk (skipped without ../shared/oracles)', () => {
  it('str-003: what each asset adds to the volatility', () => {
    const { inputs, expected, tolerance } = oracle<
      { w: number[]; cov: number[][] },
      { vol: number; contrib: number[] }
    >('str-003');
    const weights = Float64Array.from(inputs.w);
    const matrix = Float64Array.from(inputs.cov.flat());
    const volatility = portfolioVolatility(weights, matrix);
    expect(Math.abs(volatility - expected.vol)).toBeLessThan(Math.min(tolerance, 1e-12));
    for (const [i, share] of riskContributions(weights, matrix).entries()) {
      expect(Math.abs(share * volatility - expected.contrib[i])).toBeLessThan(1e-12);
    }
  });
});
