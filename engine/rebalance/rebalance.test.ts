import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commission, costRate, fillPrice } from '../costs/fill.ts';
import { tradeRates } from '../costs/trade-rates.ts';
import { tradesTo } from './trades-to.ts';
import { valueAfterCosts } from './value-after-costs.ts';

const costs = { commissionBps: 10, halfSpreadBps: 5, slippageBps: 15 };
const free = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 };

const request = {
  assets: ['A', 'B'],
  weights: Float64Array.of(0.5, 0.5),
  values: Float64Array.of(10_000, 0),
  cash: 0,
  prices: Float64Array.of(100, 50),
  unitSteps: Float64Array.of(1, 1),
  costs,
  minimumTrade: 25,
};

describe('fills', () => {
  it('move the price against the trader and charge commission on the fill', () => {
    expect(fillPrice('buy', 100, costs)).toBeCloseTo(100.2, 12);
    expect(fillPrice('sell', 100, costs)).toBeCloseTo(99.8, 12);
    expect(commission(1_000, costs)).toBeCloseTo(1, 12);
    expect(costRate('buy', costs)).toBeCloseTo(0.002 + 0.001002, 15);
    expect(costRate('sell', costs)).toBeCloseTo(0.002 + 0.000998, 15);
  });

  it('refuse costs that are negative or huge', () => {
    expect(() => tradeRates({ ...free, slippageBps: -1 }, 1)).toThrow(/at least 0/);
    expect(() => tradeRates({ ...free, slippageBps: 9_000 }, 1)).toThrow(/below 50 %/);
    expect(() => tradeRates([free], 2)).toThrow(/all 2 assets/);
  });
});

describe('value after costs', () => {
  it('pays exactly for the trades it implies', () => {
    const weights = Float64Array.of(0.3, 0.6);
    const values = Float64Array.of(9_000, 500);
    const rates = tradeRates(costs, 2);
    const after = valueAfterCosts(weights, values, 500, rates);
    const paid =
      (values[0] - weights[0] * after) * rates.sell[0] +
      (weights[1] * after - values[1]) * rates.buy[1];
    expect(after + paid).toBeCloseTo(10_000, 9);
  });
});

describe('trades to a target', () => {
  it('sells first and keeps cash at or above zero after every cost', () => {
    const plan = tradesTo(request);
    expect(plan.trades.map((t) => [t.side, t.asset, t.units])).toEqual([
      ['sell', 'A', 50],
      ['buy', 'B', 99],
    ]);
    expect(plan.cashAfter).toBeGreaterThanOrEqual(0);
    expect(plan.cost).toBeCloseTo(50 * 100 * 0.002998 + 99 * 50 * 0.003002, 9);
  });

  it('says which trades were too small to make', () => {
    const plan = tradesTo({
      ...request,
      weights: Float64Array.of(0.999, 0.001),
      unitSteps: Float64Array.of(1e-8, 1e-8),
    });
    expect(plan.trades).toEqual([]);
    expect(plan.leftOut.map((each) => [each.asset, each.side, each.reason])).toEqual([
      ['A', 'sell', 'below-minimum'],
      ['B', 'buy', 'below-minimum'],
    ]);
    const coarse = tradesTo({ ...request, prices: Float64Array.of(100, 6_000) });
    expect(coarse.leftOut.map((each) => each.reason)).toEqual(['below-one-step']);
  });

  it('shrinks buys together when a sale was too small to make, and says what fell out', () => {
    const plan = tradesTo({
      ...request,
      assets: ['A', 'B', 'C'],
      weights: Float64Array.of(0.997, 0.0015, 0.0015),
      values: Float64Array.of(10_000, 0, 0),
      prices: Float64Array.of(1_000, 1, 1),
      unitSteps: Float64Array.of(1, 1, 1),
      minimumTrade: 5,
    });
    expect(plan.trades).toEqual([]);
    expect(plan.leftOut.map((each) => [each.asset, each.reason])).toEqual([
      ['A', 'below-one-step'],
      ['B', 'no-cash'],
      ['C', 'no-cash'],
    ]);
  });

  it('sells a whole position to the last unit', () => {
    const plan = tradesTo({ ...request, weights: Float64Array.of(0, 0) });
    expect(plan.trades.map((t) => t.units)).toEqual([100]);
    expect(plan.weightsAfter[0]).toBe(0);
  });

  it('does nothing when the target is met', () => {
    const plan = tradesTo({ ...request, weights: Float64Array.of(1, 0) });
    expect(plan).toMatchObject({ trades: [], leftOut: [], cost: 0, cashAfter: 0 });
  });

  it('keeps its promises for random portfolios', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        amounts,
        amounts,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.array(fc.double({ min: 0.01, max: 1e5, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(1, 1e-4, 1e-8),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (held, wanted, cash, prices, step, invested) => {
          const sum = wanted.reduce((a, b) => a + b, 0) || 1;
          const weights = Float64Array.from(wanted, (w) => (w / sum) * invested);
          const plan = tradesTo({
            assets: ['A', 'B', 'C', 'D'],
            weights,
            values: Float64Array.from(held),
            cash,
            prices: Float64Array.from(prices),
            unitSteps: new Float64Array(4).fill(step),
            costs,
            minimumTrade: 25,
          });
          let left = cash;
          let bought = false;
          for (const trade of plan.trades) {
            const j = ['A', 'B', 'C', 'D'].indexOf(trade.asset);
            const steps = trade.units / step;
            expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6 * Math.max(1, steps));
            if (trade.side === 'buy') bought = true;
            else {
              expect(bought).toBe(false);
              expect(trade.amount).toBeLessThanOrEqual(held[j] * (1 + 1e-9) + 1e-6);
            }
            left += trade.side === 'sell' ? trade.amount - trade.cost : -trade.amount - trade.cost;
            expect(left).toBeGreaterThan(-1e-6);
          }
          expect(plan.cashAfter).toBeGreaterThanOrEqual(0);
          expect(Math.abs(plan.cashAfter - left)).toBeLessThan(1e-6);
        },
      ),
      { seed: 20_260_501, numRuns: 300 },
    );
  });

  it('refuses shorts, leverage and unusable prices', () => {
    expect(() => tradesTo({ ...request, weights: Float64Array.of(-0.1, 0.5) })).toThrow(
      /at least 0/,
    );
    expect(() => tradesTo({ ...request, weights: Float64Array.of(0.6, 0.5) })).toThrow(/at most 1/);
    expect(() => tradesTo({ ...request, prices: Float64Array.of(0, 1) })).toThrow(/A has/);
  });
});
