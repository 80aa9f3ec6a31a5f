import { describe, expect, it } from 'vitest';
import { Infeasible } from '../errors.ts';
import type { Allocation, Problem } from '../optimizers/problem.ts';
import { pricePanel } from '../panel.ts';
import { backtest } from './backtest.ts';
import { type Estimate, type OptimizedSettings, optimizedStrategy } from './optimized-strategy.ts';
import { recentWindow } from './recent-window.ts';

const NA = Number.NaN;
const panel = pricePanel(
  ['A', 'B', 'C'],
  Int32Array.of(1, 2, 3, 4, 5, 6),
  Float64Array.of(10, NA, 5, 11, NA, 5, 12, 3, 5, 13, 3, 5, 14, 4, 5, 15, 4, 5),
);
const free = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 };

/** No returns and no risk: enough to see what the optimizer was given. */
const estimate: Estimate = (window) => {
  const k = window.assets.length;
  return { expectedReturns: new Float64Array(k), covariance: new Float64Array(k * k) };
};

function watching(seen: Problem[]): (problem: Problem) => Allocation {
  return (problem) => {
    seen.push(problem);
    const n = problem.assets.length;
    const weights = new Float64Array(n).fill(1 / n);
    return {
      method: 'equal',
      weights,
      expectedReturn: 0,
      volatility: 0,
      tradingCost: 0,
      binding: [],
      residual: 0,
      iterations: 0,
      solvedBy: 'by hand',
    };
  };
}

const settings: OptimizedSettings = {
  windowRows: 3,
  leastRows: 2,
  riskFree: 0.02,
  limits: {
    lower: Float64Array.of(0, 0.1, 0, 0.05),
    upper: Float64Array.of(1, 1, 0, 1),
    linear: [
      { name: 'shares', coefficients: Float64Array.of(1, 1, 0, 0), lower: -Infinity, upper: 0.9 },
    ],
  },
  tradingCosts: Float64Array.of(0.001, 0.002, 0.003, 0),
  targetVolatility: 0.1,
};

describe('a recent window', () => {
  it('keeps the latest rows of the assets with enough of them', () => {
    const { panel: cut, columns } = recentWindow(panel, 4, 4);
    expect(columns).toEqual([0, 1, 2]);
    expect([...cut.days]).toEqual([3, 4, 5, 6]);
    expect([...cut.firstRow]).toEqual([0, 0, 0]);
    expect(cut.prices[1]).toBe(3);
    const longer = recentWindow(panel, 6, 4);
    expect([...longer.panel.firstRow]).toEqual([0, 2, 0]);
    expect(recentWindow(panel, 6, 5).columns).toEqual([0, 2]);
  });

  it('says when no asset is left', () => {
    expect(() => recentWindow(panel, 6, 7)).toThrow(/7 days of prices/);
  });
});

describe('an optimized strategy', () => {
  it('gives the optimizer what is listed, wanted and held, with cash last', () => {
    const seen: Problem[] = [];
    const result = backtest({
      panel,
      strategy: optimizedStrategy('watched', watching(seen), estimate, settings),
      decisions: [1, 3],
      costs: free,
      initialValue: 100,
    });
    expect(seen.map((problem) => problem.assets)).toEqual([
      ['A', 'CASH'],
      ['A', 'B', 'CASH'],
    ]);
    expect([...seen[1].limits.lower]).toEqual([0, 0.1, 0.05]);
    expect([...seen[1].limits.linear[0].coefficients]).toEqual([1, 1, 0]);
    expect([...seen[1].tradingCosts!]).toEqual([0.001, 0.002, 0]);
    expect([...seen[1].expectedReturns]).toEqual([0, 0, 0.02]);
    expect(seen[1].targetVolatility).toBe(0.1);
    // Half in A since row 2, at 12; A is at 13 on row 3.
    const held = (50 / 12) * 13;
    expect(seen[1].current![0]).toBeCloseTo(held / (held + 50), 12);
    expect(seen[1].current!.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect([...result.decisions[1].weights]).toEqual([1 / 3, 1 / 3, 0]);
  });

  it('refuses a day without a solution, which the backtest records', () => {
    const strategy = optimizedStrategy(
      'strict',
      () => {
        throw new Infeasible('Minimum weights sum to 1.15.', []);
      },
      estimate,
      settings,
    );
    const result = backtest({ panel, strategy, decisions: [2], costs: free, initialValue: 100 });
    expect(result.decisions[0].refusal).toEqual({
      code: 'infeasible',
      message: 'Minimum weights sum to 1.15.',
    });
    expect(result.values.every((value) => value === 100)).toBe(true);
  });

  it('refuses limits that do not cover the assets and cash', () => {
    const limits = { ...settings.limits, lower: new Float64Array(3) };
    const strategy = optimizedStrategy('short', watching([]), estimate, { ...settings, limits });
    const run = () => backtest({ panel, strategy, decisions: [2], costs: free, initialValue: 100 });
    expect(run).toThrow(/4 limits and costs/);
  });
});
