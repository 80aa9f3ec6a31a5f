import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { csvPrices } from '../adapters/prices/csv.ts';
import { PortError } from './errors.ts';
import { lastClose, lastClosedDay, marketView } from './market.ts';
import { createMarket } from './market-source.ts';
import { toUnits } from './money.ts';
import type { Bar, CorporateAction } from './ports.ts';
import { owedSplits } from './split-adjustment.ts';

const bar = (asset: string, day: number, close: number): Bar => ({
  asset,
  day,
  open: null,
  close,
  volume: null,
});
const series = (asset: string, from: number, closes: readonly number[]) =>
  closes.flatMap((close, i) => (Number.isNaN(close) ? [] : [bar(asset, from + i, close)]));
const view = (bars: readonly Bar[], actions: readonly CorporateAction[] = []) =>
  marketView({ bars, actions, source: 'test', simulated: false });
const gap = Number.NaN;

describe('the market view', () => {
  test('starts each asset at its first price and orders them as the catalogue does', () => {
    const { panel, missing, quotes } = view([
      ...series('AGG', 102, [50, 51]),
      ...series('SPY', 100, [10, 11, 12, 13]),
    ]);
    expect(panel.assets).toEqual(['SPY', 'AGG']);
    expect([...panel.days]).toEqual([100, 101, 102, 103]);
    expect([...panel.firstRow]).toEqual([0, 2]);
    expect([...panel.prices]).toEqual([10, gap, 11, gap, 12, 50, 13, 51]);
    expect(missing).toEqual([]);
    expect(quotes.get('AGG')).toEqual({ asset: 'AGG', price: 51, day: 103, source: 'test' });
  });

  test('reinvests dividends and keeps splits, while quotes stay raw', () => {
    const { panel, quotes } = view(series('SPY', 100, [100, 50, 51]), [
      { asset: 'SPY', day: 101, dividend: 1, split: 2 },
    ]);
    expect([...panel.prices]).toEqual([100, 101, (51 * 101) / 50]);
    expect(quotes.get('SPY')!.price).toBe(51);
  });

  test('counts an action on a day without a bar on the next', () => {
    const { panel } = view(
      [...series('SPY', 100, [100, gap, 51]), ...series('QQQ', 100, [1, 1, 1])],
      [{ asset: 'SPY', day: 101, dividend: 0, split: 2 }],
    );
    expect([...panel.prices]).toEqual([100, 1, 100, 1, 102, 1]);
  });

  test('a later dividend does not restate the past', () => {
    const bars = series('SPY', 100, [100, 101, 102]);
    const before = view(bars.slice(0, 2)).panel.prices;
    const after = view(bars, [{ asset: 'SPY', day: 102, dividend: 5, split: 1 }]).panel.prices;
    expect([...after.slice(0, 2)]).toEqual([...before]);
  });

  test('carries a price for at most five trading days and reports each', () => {
    const full = Array.from({ length: 12 }, (_, i) => 100 + i);
    const holed = full.map((close, i) => (i >= 3 && i < 8 ? gap : close));
    const { panel, missing } = view([
      ...series('SPY', 100, full),
      ...series('QQQ', 100, full),
      ...series('AGG', 100, holed),
    ]);
    const agg = Array.from({ length: 12 }, (_, t) => panel.prices[t * 3 + 2]);
    expect(agg).toEqual([100, 101, 102, 102, 102, 102, 102, 102, 108, 109, 110, 111]);
    expect(missing.map((one) => one.day)).toEqual([103, 104, 105, 106, 107]);
  });

  test('starts an asset after a gap of more than five trading days, and says so', () => {
    const full = Array.from({ length: 12 }, (_, i) => 100 + i);
    const holed = full.map((close, i) => (i >= 3 && i < 9 ? gap : close));
    const { panel, missing } = view([
      ...series('SPY', 100, full),
      ...series('QQQ', 100, full),
      ...series('AGG', 100, holed),
    ]);
    expect([...panel.firstRow]).toEqual([0, 0, 9]);
    expect(missing).toEqual([
      {
        asset: 'AGG',
        day: 103,
        reason: 'no price on 6 trading days in a row; used from the day after',
      },
    ]);
  });

  test('leaves out an asset whose prices ended, but still quotes it with its age', () => {
    const full = Array.from({ length: 12 }, (_, i) => 100 + i);
    const { panel, missing, quotes, rule } = view([
      ...series('SPY', 100, full),
      ...series('QQQ', 100, full),
      ...series('AGG', 100, full.slice(0, 5)),
    ]);
    expect(panel.assets).toEqual(['SPY', 'QQQ']);
    expect(missing.at(-1)!.reason).toBe('no price on the last 7 trading days; left out');
    expect(rule).toContain('Left out for want of recent prices: AGG.');
    expect(quotes.get('AGG')!.day).toBe(104);
  });

  test('samples coins on the days that funds trade', () => {
    const { panel } = view([
      ...series('SPY', 100, [1, 2, gap, gap, 3]),
      ...series('BTC-USD', 100, [10, 11, 12, 13, 14]),
    ]);
    expect([...panel.days]).toEqual([100, 101, 104]);
    expect([...panel.prices]).toEqual([1, 10, 2, 11, 3, 14]);
  });

  test('a stray print of one fund makes no trading day', () => {
    const { panel } = view([
      ...series('SPY', 100, [1, 2, gap, 3]),
      ...series('QQQ', 100, [1, 2, gap, 3]),
      ...series('AGG', 100, [1, 2, 9, 3]),
    ]);
    expect([...panel.days]).toEqual([100, 101, 103]);
  });

  test('leaves out prices that are not positive numbers, and says which (case 38)', () => {
    const { panel, missing } = view([
      ...series('SPY', 100, [1, 2, 3, 4, 5]),
      bar('AGG', 100, 9),
      bar('AGG', 101, 0),
      bar('AGG', 102, -4),
      bar('AGG', 103, Number.POSITIVE_INFINITY),
      { ...bar('AGG', 104, 9), close: Number.NaN },
      bar('AGG', 104, 10),
    ]);
    expect(panel.prices.every((price) => price > 0 && Number.isFinite(price))).toBe(true);
    expect(missing.filter((one) => one.reason.endsWith('not used')).map((one) => one.day)).toEqual([
      101, 102, 103, 104,
    ]);
  });

  test('without any price is refused', () => {
    expect(() => view([])).toThrow(PortError);
    expect(() => view([bar('SPY', 100, Number.NaN)])).toThrow('There are no prices from test yet.');
  });

  test('has a hash that follows the prices', () => {
    const bars = series('SPY', 100, [1, 2, 3]);
    expect(view(bars).panelHash).toBe(view([...bars].reverse()).panelHash);
    expect(view(bars).panelHash).not.toBe(view(series('SPY', 100, [1, 2, 3.01])).panelHash);
  });
});

describe('the market as of the clock', () => {
  const bars = [...series('SPY', 100, [1, 2, 3]), ...series('AGG', 100, [1, 2, 3])];
  const at = (day: number, hour: number) => (day * 24 + hour) * 3_600_000;
  const source = (now: { at: number }, reads = { count: 0 }) =>
    createMarket({
      store: {
        read: {
          bars: {
            all: async () => {
              reads.count++;
              return { bars, actions: [] };
            },
            lastDays: async () => new Map(),
          },
        },
      },
      provider: { source: 'test', simulated: true },
      clock: { now: () => now.at },
    });

  test('never shows a bar after now', async () => {
    const now = { at: at(101, 20) };
    const market = source(now);
    expect([...(await market.view()).panel.days]).toEqual([100]);
    now.at = at(101, 21);
    expect([...(await market.view()).panel.days]).toEqual([100, 101]);
    expect([...(await market.latest()).panel.days]).toEqual([100, 101, 102]);
    expect(lastClosedDay(at(101, 21))).toBe(101);
  });

  test('is the same object until the prices change', async () => {
    const reads = { count: 0 };
    const market = source({ at: at(400, 0) }, reads);
    const first = await market.view();
    expect(await market.view()).toBe(first);
    expect(lastClose(first)).toBe(at(102, 21));
    market.refresh();
    expect(await market.view()).not.toBe(first);
    expect(reads.count).toBe(2);
  });
});

describe('a split overnight (case 39)', () => {
  const split = { asset: 'SPY', day: 102, dividend: 0, split: 4 };
  const bars = [...series('SPY', 100, [400, 408, 102]), ...series('AGG', 100, [50, 50, 50])];
  const entry = { id: 'declared:1', at: 100 * 86_400_000, asset: 'SPY', units: toUnits(10) };
  const weight = (units: bigint, price: number) => (Number(units) / 1e8) * price;

  test('owes the ledger the new units, so that value and weights do not move', () => {
    const before = weight(entry.units, 408);
    const after = view(bars, [split]);
    const owed = owedSplits([entry], [split]);
    expect(owed.map((one) => [one.id, one.units])).toEqual([['split:SPY:102', toUnits(30)]]);
    const units = owed.reduce((sum, one) => sum + one.units, entry.units);
    expect(weight(units, after.quotes.get('SPY')!.price)).toBe(before);
    expect(after.panel.prices.at(-2)).toBe(408);
  });

  test('is owed once, and not for what was bought after it', () => {
    const owed = owedSplits([entry], [split]);
    expect(
      owedSplits(
        [entry, ...owed].map((one) => ({ ...one, asset: 'SPY' })),
        [split],
      ),
    ).toEqual([]);
    expect(owedSplits([{ ...entry, at: 102 * 86_400_000 + 1 }], [split])).toEqual([]);
  });

  test('follows a split upon a split, a merger of units and dividends of none', () => {
    const later = { asset: 'SPY', day: 110, dividend: 0, split: 0.5 };
    const dividend = { asset: 'SPY', day: 105, dividend: 1, split: 1 };
    const owed = owedSplits([entry], [later, dividend, split]);
    expect(owed.map((one) => one.units)).toEqual([toUnits(30), toUnits(-20)]);
  });
});

const stocks = '../shared/market/stocks/av_daily_adjusted_23.csv.gz';

describe.skipIf(!existsSync(stocks))(
  'corporate actions of 23 names (skipped where ../shared is absent)',
  () => {
    test('total returns are those of the published adjusted closes', async () => {
      const { gunzipSync } = await import('node:zlib');
      const { readFileSync } = await import('node:fs');
      const provider = csvPrices(stocks);
      const batch = await provider.fetch((await provider.symbols())!, 0, 40_000);
      const { panel } = marketView({ ...batch, source: provider.source, simulated: false });
      const rowOf = new Map([...panel.days].map((day, t) => [day, t]));
      const n = panel.assets.length;
      const previous = new Map<string, { adjusted: number; close: number; price: number }>();
      let compared = 0;
      let worst = 0;
      for (const line of gunzipSync(readFileSync(stocks)).toString().trim().split('\n').slice(1)) {
        const [date, asset, , , , closeText, adjustedText] = line.split(',');
        const close = Number(closeText);
        const t = rowOf.get(Date.parse(date) / 86_400_000);
        if (t === undefined) continue;
        const price = panel.prices[t * n + panel.assets.indexOf(asset)];
        const adjusted = Number(adjustedText);
        const last = previous.get(asset);
        if (last) {
          // Published with six significant digits: half a unit of the last is what they may be off by.
          const rounding = (value: number) =>
            (0.5 * 10 ** (Math.floor(Math.log10(value)) - 5)) / value;
          const allowed = [adjusted, last.adjusted, close, last.close].reduce(
            (sum, value) => sum + rounding(value),
            0,
          );
          const ratio = adjusted / last.adjusted;
          worst = Math.max(worst, Math.abs(price / last.price / ratio - 1) - allowed);
          compared++;
        }
        previous.set(asset, { adjusted, close, price });
      }
      expect(compared).toBeGreaterThan(119_000);
      expect(worst).toBeLessThan(1e-6);
    });
  },
);
