import { describe, expect, it } from 'vitest';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { dayNumber } from '../calendar.ts';
import { EngineError } from '../errors.ts';
import { maxDrawdown } from '../measures/max-drawdown.ts';
import { sharpe } from '../measures/sharpe.ts';
import { pricePanel, pricesOf, rowOnOrBefore } from '../panel.ts';
import { backtest } from './backtest.ts';
import { buyAndHold, equalWeight, fixedMix, hold } from './fixed-strategies.ts';
import { scheduledRows } from './schedule.ts';
import { summarise } from './summary.ts';

const free = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 };
const costly = { commissionBps: 0, halfSpreadBps: 50, slippageBps: 50 };
const NA = Number.NaN;

const days = Int32Array.from({ length: 6 }, (_, i) => dayNumber(2024, 1, 30) + i);
const panel = pricePanel(
  ['A', 'B'],
  days,
  Float64Array.of(100, 10, 110, 10, 121, 10, 121, 20, 121, 20, 60.5, 20),
);

describe('a backtest', () => {
  it('decides at one close and trades at the next, so the first day is still cash', () => {
    const result = backtest({
      panel,
      strategy: buyAndHold(Float64Array.of(1, 0)),
      decisions: [0],
      costs: free,
      initialValue: 1_000,
    });
    expect([...result.values].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([
      1_000, 1_000, 1_100, 1_100, 1_100, 550,
    ]);
    expect(result.decisions[0]).toMatchObject({ row: 0, executedRow: 1, turnover: 1, trades: 1 });
  });

  it('trades at the very close it saw when the lag is zero', () => {
    const result = backtest({
      panel,
      strategy: buyAndHold(Float64Array.of(1, 0)),
      decisions: [0],
      costs: free,
      initialValue: 1_000,
      executionLag: 0,
    });
    expect(result.values[1]).toBeCloseTo(1_100, 9);
  });

  it('charges every trade, and the target is met after costs', () => {
    const result = backtest({
      panel,
      strategy: fixedMix(Float64Array.of(0.5, 0.5)),
      decisions: [0, 3],
      costs: costly,
      initialValue: 1_000,
    });
    expect(result.values[1]).toBeCloseTo(1_000 / 1.01, 9);
    const drifted = 1_000 / 1.01 / 2;
    const a = (drifted * 121) / 110;
    const b = drifted * 2;
    // V + 1 % of the two trades to V/2 = a + b; the trades are b - V/2 and V/2 - a.
    const after = a + b - 0.01 * (b - a);
    expect(result.values[4]).toBeCloseTo(after, 6);
    expect(result.totalCost).toBeCloseTo(1_000 - 1_000 / 1.01 + 0.01 * (b - a), 6);
    expect(result.tradesCount).toBe(4);
  });

  it('lets cash earn its return and starts from given holdings without a trade', () => {
    const result = backtest({
      panel,
      strategy: hold,
      decisions: [0],
      costs: costly,
      initialValue: 1_000,
      initialWeights: Float64Array.of(0, 0.5),
      cashReturns: 0.01,
    });
    expect(result.values[5]).toBeCloseTo(500 * 1.01 ** 5 + 1_000, 9);
    expect(result.totalCost).toBe(0);
    expect(result.decisions[0].action).toBe('hold');
  });

  it('keeps its holdings and says so when a strategy refuses a day', () => {
    const moody = {
      name: 'moody',
      decide(past: { days: Int32Array }): Float64Array {
        if (past.days.length === 4) throw new EngineError('infeasible', 'No portfolio today.', {});
        return Float64Array.of(1, 0);
      },
    };
    const result = backtest({
      panel,
      strategy: moody,
      decisions: [0, 3],
      costs: free,
      initialValue: 1_000,
    });
    expect(result.refusals).toBe(1);
    expect(result.decisions[1]).toMatchObject({
      action: 'refused',
      refusal: { code: 'infeasible', message: 'No portfolio today.' },
      executedRow: null,
      trades: 0,
    });
    expect(result.decisions[1].weights[0]).toBeCloseTo(1, 12);
  });

  it('lets mistakes through instead of recording them as refusals', () => {
    const wrong = (weights: Float64Array) => () =>
      backtest({
        panel,
        strategy: { name: 'wrong', decide: () => weights },
        decisions: [0],
        costs: free,
        initialValue: 1,
      });
    expect(wrong(Float64Array.of(1))).toThrow(/2 weights/);
    expect(wrong(Float64Array.of(2, 0))).toThrow(/at most 1/);
    expect(wrong(Float64Array.of(-1, 0))).toThrow(/at least 0/);
  });

  it('refuses weight in an asset that is not listed, and equal weight waits for it', () => {
    const late = pricePanel(
      ['A', 'B'],
      days,
      Float64Array.of(1, NA, 1, NA, 1, 5, 1, 5, 1, 5, 1, 10),
    );
    const early = { name: 'early', decide: () => Float64Array.of(0.5, 0.5) };
    const base = { panel: late, costs: free, initialValue: 100 };
    expect(() => backtest({ ...base, strategy: early, decisions: [0] })).toThrow(
      /early give weight to B .* before it was listed/,
    );
    const result = backtest({ ...base, strategy: equalWeight(), decisions: [0, 2] });
    expect(result.decisions.map((each) => [...each.weights])).toEqual([
      [1, 0],
      [0.5, 0.5],
    ]);
    expect(result.values[5]).toBeCloseTo(150, 9);
  });

  it('begins where its history is long enough and says when there is none', () => {
    const base = { panel, strategy: equalWeight(), costs: free, initialValue: 1 };
    const monthly = backtest({ ...base, decisions: 'monthly', minHistoryRows: 2 });
    // Row 2 is 1 February; the first decision is on the first row allowed.
    expect(monthly.decisions.map((each) => each.row)).toEqual([1, 2]);
    expect(() => backtest({ ...base, decisions: 'monthly', minHistoryRows: 7 })).toThrow(
      /6 days of prices, and the first decision needs 7/,
    );
  });

  it('tells its progress row by row', () => {
    const seen: string[] = [];
    backtest({
      panel,
      strategy: hold,
      decisions: [4],
      costs: free,
      initialValue: 1,
      onProgress: (done, total) => seen.push(`${done}/${total}`),
    });
    expect(seen).toEqual(['1/2', '2/2']);
  });
});

describe('the schedule', () => {
  it('names the first trading day of each period', () => {
    const dates = [
      [2023, 12, 28],
      [2024, 1, 2],
      [2024, 1, 3],
      [2024, 2, 1],
      [2024, 4, 1],
      [2025, 1, 2],
    ] as const;
    const panel = pricePanel(
      ['A'],
      Int32Array.from(dates, ([y, m, d]) => dayNumber(y, m, d)),
      new Float64Array(6).fill(1),
    );
    expect(scheduledRows(panel, 'monthly')).toEqual([1, 3, 4, 5]);
    expect(scheduledRows(panel, 'quarterly')).toEqual([1, 4, 5]);
    expect(scheduledRows(panel, 'yearly')).toEqual([1, 5]);
  });
});

describe('the summary', () => {
  it('counts the cost of the first trade in every figure', () => {
    const result = backtest({
      panel,
      strategy: fixedMix(Float64Array.of(0, 1)),
      decisions: [0],
      costs: costly,
      initialValue: 1_000,
      executionLag: 0,
    });
    const summary = summarise(result, { seed: 1, resamples: 50 });
    expect(summary.totalReturn).toBeCloseTo(2 / 1.01 - 1, 9);
    expect(summary.totalCost).toBeCloseTo(1_000 - 1_000 / 1.01, 9);
    expect(summary.drawdown.depth).toBeCloseTo(1 / 1.01 - 1, 9);
    expect(summary.sharpe).not.toBeNull();
  });

  it('measures the Sharpe ratio above what cash earned on the same days', () => {
    const result = backtest({
      panel,
      strategy: fixedMix(Float64Array.of(0, 1)),
      decisions: [0],
      costs: free,
      initialValue: 1_000,
      executionLag: 0,
    });
    const cash = Float64Array.from({ length: result.values.length - 1 }, (_, t) => 0.01 * t);
    const excess = cash.map((each, t) => result.values[t + 1] / result.values[t] - 1 - each);
    const perYear =
      excess.length / ((result.days[result.days.length - 1] - result.days[0]) / 365.25);
    const measured = summarise(result, { seed: 1, resamples: 50, riskFree: cash });
    expect(measured.sharpe?.estimate).toBeCloseTo(sharpe(excess, perYear), 12);
    expect(() => summarise(result, { seed: 1, riskFree: cash.slice(1) })).toThrow(/one per row/);
    const flat = { ...result, values: result.values.map((_, t) => 1_000 * 1.001 ** t) };
    const same = new Float64Array(cash.length).fill(0.001);
    expect(summarise(flat, { seed: 1, resamples: 50, riskFree: same }).sharpe).toBeNull();
  });
});

describe.skipIf(!corePanelPresent)('real prices (skipped without ../shared/market)', () => {
  it('SPY returned -36.80 % in 2008 and fell -55.2 % at worst', () => {
    const spy = corePanel(['SPY']);
    const prices = pricesOf(spy, 'SPY');
    const start = rowOnOrBefore(spy, dayNumber(2007, 12, 31));
    const end = rowOnOrBefore(spy, dayNumber(2008, 12, 31));
    expect(prices[end] / prices[start] - 1).toBeCloseTo(-0.368, 4);
    expect(maxDrawdown(prices).depth).toBeCloseTo(-0.552, 3);
  });

  it('all in SPY without costs is the panel itself, whatever the schedule', () => {
    const spy = corePanel(['SPY', 'BTC-USD']);
    const prices = pricesOf(spy, 'SPY');
    for (const executionLag of [0, 1] as const) {
      const result = backtest({
        panel: spy,
        strategy: fixedMix(Float64Array.of(1, 0)),
        decisions: 'monthly',
        costs: free,
        initialValue: 10_000,
        executionLag,
      });
      let worst = 0;
      for (let t = executionLag; t < prices.length; t++) {
        const expected = (10_000 * prices[t]) / prices[executionLag];
        worst = Math.max(worst, Math.abs(result.values[t] / expected - 1));
      }
      expect(worst).toBeLessThan(1e-9);
      expect(result.totalCost).toBe(0);
    }
  });
});
