import { describe, expect, it } from 'vitest';
import { marketOf } from '../../fakes/advice-desk.ts';
import { CASH } from '../catalogue.ts';
import { Refusal } from '../errors.ts';
import { toUnits } from '../money.ts';
import type { MarketView } from '../ports.ts';
import { madeMarket } from './made-market.fixture.ts';
import { classOf, requireAdvisable, situationOf } from './situation.ts';
import type { Holdings } from './types.ts';

const base = marketOf(madeMarket(30));
const priced = (prices: Readonly<Record<string, number>>): MarketView => ({
  ...base,
  quotes: new Map(
    Object.entries(prices).map(([asset, price]) => [
      asset,
      { asset, price, day: 20_573, source: 'made' },
    ]),
  ),
});

function holdings(cashMinor: bigint, units: Readonly<Record<string, number>>): Holdings {
  return {
    cash: { minor: cashMinor, currency: 'USD' },
    positions: Object.entries(units).map(([asset, count]) => ({
      asset,
      units: toUnits(count),
      costMinor: 100_00n,
    })),
    version: 1,
  };
}

describe('what a person has', () => {
  it('is valued at raw closes to the cent, the largest first, with weights that sum to 1', () => {
    const market = priced({ SPY: 412.375, AGG: 98.1, 'BTC-USD': 80_000 });
    const found = situationOf(holdings(1_000_00n, { AGG: 5, SPY: 10, 'BTC-USD': 0.01 }), market);
    expect(found.positions.map((each) => [each.asset, each.valueMinor])).toEqual([
      ['SPY', 412_375n],
      ['BTC-USD', 80_000n],
      ['AGG', 49_050n],
    ]);
    expect(found.totalMinor).toBe(641_425n);
    const sum = [...found.weights.values()].reduce((total, weight) => total + weight, 0);
    expect(sum).toBeCloseTo(1, 14);
    expect(found.weights.get(CASH)).toBeCloseTo(1_000 / 6_414.25, 14);
    expect(found.unpriced).toEqual([]);
  });

  it('of equal worth stands in the order of its symbols on every machine', () => {
    const market = priced({ SPY: 100, QQQ: 100, AGG: 100 });
    const found = situationOf(holdings(0n, { SPY: 1, QQQ: 1, AGG: 1 }), market);
    expect(found.positions.map((each) => each.asset)).toEqual(['AGG', 'QQQ', 'SPY']);
  });

  it('counts nothing that has no usable price, and advice on it is refused by name', () => {
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const found = situationOf(
        holdings(500_00n, { SPY: 1, AGG: 1 }),
        priced({ SPY: price, AGG: 100 }),
      );
      expect(found.unpriced).toEqual(['SPY']);
      expect(found.totalMinor).toBe(600_00n);
      expect(() => requireAdvisable(found)).toThrow(/no usable price for SPY/);
    }
    const missing = situationOf(holdings(0n, { SPY: 1 }), priced({}));
    expect(missing.unpriced).toEqual(['SPY']);
    expect(() => requireAdvisable(missing)).toThrow(Refusal);
  });

  it('of nothing at all has weights of zero and is refused with what to do', () => {
    const found = situationOf(holdings(0n, {}), base);
    expect(found.weights.get(CASH)).toBe(0);
    expect(found.totalMinor).toBe(0n);
    expect(() => requireAdvisable(found)).toThrow(/\/holdings, for example "4000 cash"/);
  });

  it('beyond what a double counts exactly still has weights between 0 and 1', () => {
    const found = situationOf(holdings(10n ** 24n, { SPY: 1e9 }), priced({ SPY: 1e6 }));
    expect(found.weights.get('SPY')).toBeGreaterThan(0);
    expect(found.weights.get(CASH)).toBeLessThan(1);
    expect(() => requireAdvisable(found)).not.toThrow();
  });

  it('of a kind Keel does not know is refused in words', () => {
    expect(classOf(CASH)).toBe('cash');
    expect(() => classOf('GME')).toThrow(/I do not know GME well enough/);
  });
});
