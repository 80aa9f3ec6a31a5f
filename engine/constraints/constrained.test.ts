import { describe, expect, it } from 'vitest';
import type { Limits } from '../optimizers/problem.ts';
import { constrained } from './index.ts';

const assets = ['SPY', 'AGG', 'GLD', 'CASH'];
const base: Limits = {
  lower: Float64Array.of(0, 0.1, 0, 0),
  upper: Float64Array.of(0.6, 1, 0.2, 1),
  linear: [],
};

describe('a person’s constraints', () => {
  it('narrow the bounds of single assets and never widen them', () => {
    const next = constrained(base, assets, [
      { kind: 'weight', name: 'SPY', coefficients: { SPY: 1 }, lower: 0.2, upper: 0.8 },
      { kind: 'weight', name: 'AGG', coefficients: { AGG: 1 }, lower: null, upper: 0.5 },
    ]);
    expect([...next.lower]).toEqual([0.2, 0.1, 0, 0]);
    expect([...next.upper]).toEqual([0.6, 0.5, 0.2, 1]);
    expect([...base.upper]).toEqual([0.6, 1, 0.2, 1]);
  });

  it('become linear limits for groups and differences', () => {
    const next = constrained(base, assets, [
      { kind: 'weight', name: 'real', coefficients: { GLD: 1, SPY: 1 }, lower: null, upper: 0.5 },
      {
        kind: 'weight',
        name: '2 SPY - AGG',
        coefficients: { SPY: 2, AGG: -1 },
        lower: 0,
        upper: null,
      },
    ]);
    expect(next.linear.map(({ name, lower, upper }) => [name, lower, upper])).toEqual([
      ['real', -Infinity, 0.5],
      ['2 SPY - AGG', 0, Infinity],
    ]);
    expect([...next.linear[1].coefficients]).toEqual([2, -1, 0, 0]);
  });

  it('drop each member of a group of which nothing may be held', () => {
    const next = constrained(base, assets, [
      { kind: 'weight', name: 'risky', coefficients: { GLD: 1, SPY: 1 }, lower: null, upper: 0 },
    ]);
    expect([...next.upper]).toEqual([0, 1, 0, 1]);
    expect(next.linear).toEqual([]);
  });

  it('keep the tighter of two further limits', () => {
    const next = constrained({ ...base, volatility: 0.1, smallestHolding: 0.01 }, assets, [
      { kind: 'volatility', most: 0.2 },
      { kind: 'turnover', most: 0.3 },
      { kind: 'turnover', most: 0.2 },
      { kind: 'tracking-error', most: 0.03 },
      { kind: 'conditional-value-at-risk', most: 0.02 },
      { kind: 'holdings', most: 8 },
      { kind: 'smallest-holding', least: 0.02 },
      { kind: 'each-weight', most: 0.25, except: ['CASH'] },
    ]);
    expect(next).toMatchObject({
      volatility: 0.1,
      turnover: 0.2,
      trackingError: 0.03,
      conditionalValueAtRisk: 0.02,
      holdings: 8,
      smallestHolding: 0.02,
    });
    expect([...next.upper]).toEqual([0.25, 0.25, 0.2, 1]);
  });

  it('refuse what is not among the assets, names nothing, or is no number', () => {
    const add = (coefficients: Record<string, number>, upper: number) => () =>
      constrained(base, assets, [{ kind: 'weight', name: 'it', coefficients, lower: null, upper }]);
    expect(add({ QQQ: 1 }, 0.1)).toThrow(/QQQ, which is not among the assets/);
    expect(add({}, 0.1)).toThrow(/names no asset/);
    expect(add({ SPY: 1 }, Number.NaN)).toThrow(/is NaN; give a number/);
  });
});
