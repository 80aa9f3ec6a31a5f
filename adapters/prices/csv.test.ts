import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { PortError } from '../../bot/errors.ts';
import { lastClose, marketView } from '../../bot/market.ts';
import { csvPrices } from './csv.ts';
import { readTable } from './csv-table.ts';
import { providerOf } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'keel-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const day = (iso: string) => Date.parse(iso) / 86_400_000;
const all = async (path: string, ...assets: string[]) => csvPrices(path).fetch(assets, 0, 40_000);

describe('a price file', () => {
  test('may be wide, plain or zipped, with blanks before the first price', async () => {
    const text = 'date,SPY,AGG\n2026-01-02,100,\n2026-01-05,101.5,50\n2026-01-06,102,50.25\n';
    for (const path of [file('wide.csv', text), file('wide.csv.gz', gzipSync(text))]) {
      const { bars, actions, missing } = await all(path, 'SPY', 'AGG');
      expect(bars.filter((bar) => bar.asset === 'AGG').map((bar) => [bar.day, bar.close])).toEqual([
        [day('2026-01-05'), 50],
        [day('2026-01-06'), 50.25],
      ]);
      expect(bars.length).toBe(5);
      expect([actions, missing]).toEqual([[], []]);
    }
  });

  test('may be long, with dividends and splits beside the closes', async () => {
    const path = file(
      'long.csv',
      'date,ticker,open,close,adjusted_close,volume,dividend_amount,split_coefficient\n' +
        '2026-01-02,AAPL,400,404,101,1000,0,1\n2026-01-05,AAPL,100,102,102,4000,0.5,4\n',
    );
    const { bars, actions, missing } = await all(path, 'AAPL');
    expect(bars[1]).toEqual({
      asset: 'AAPL',
      day: day('2026-01-05'),
      open: 100,
      close: 102,
      volume: 4000,
    });
    expect(actions).toEqual([{ asset: 'AAPL', day: day('2026-01-05'), dividend: 0.5, split: 4 }]);
    expect(missing).toEqual([]);
  });

  test('with adjusted closes but no dividends gives the adjusted ones, so that returns are total', () => {
    const table = readTable(
      'date,symbol,close,adj close\n2026-01-02,X,10,9\n2026-01-05,X,11,10.5\n',
    );
    expect(table.bars.map((bar) => bar.close)).toEqual([9, 10.5]);
  });

  test('answers only what was asked, both ends included, and names what it does not have', async () => {
    const path = file('few.csv', 'date,SPY,AGG\n2026-01-02,1,2\n2026-01-05,3,4\n2026-01-06,5,6\n');
    const batch = await csvPrices(path).fetch(
      ['AGG', 'NOPE'],
      day('2026-01-05'),
      day('2026-01-06'),
    );
    expect(batch.bars.map((bar) => bar.close)).toEqual([4, 6]);
    expect(batch.missing).toEqual([{ asset: 'NOPE', reason: 'NOPE is not in few.csv' }]);
  });

  test('reports every cell it cannot use with its line', () => {
    const { bars, problems } = readTable(
      'date,SPY\n2026-01-02,100\n2026-01-06,0\n2026-01-05,-3\nyesterday,4\n2026-01-07,n/a\n' +
        '2026-01-08,\n2026-01-09,105\n2026-01-09,106\n2026-02-31,7\n2026-01-12,\n',
    );
    expect(bars.map((bar) => bar.close)).toEqual([100, 105]);
    expect(problems.map((one) => one.reason)).toEqual([
      'line 5: "yesterday" is not a date like 2026-05-01',
      'line 10: "2026-02-31" is not a date like 2026-05-01',
      'line 4: earlier than the line before; sorted',
      'line 4: "-3" is not a price above zero',
      'line 3: "0" is not a price above zero',
      'line 6: "n/a" is not a price above zero',
      'line 7: no price',
      'line 9: SPY stands twice on this day; line 8 is used',
    ]);
  });

  test('that is no price file is refused with what it should be', async () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 10, 34, 65, 10);
    const wrong: Readonly<Record<string, [string | Uint8Array, string]>> = {
      'picture.csv': [png, 'cannot be used'],
      'empty.csv': ['', 'not called "date"'],
      'headless.csv': ['2026-01-02,100\n', 'not called "date"'],
      'nameless.csv': ['date,open,close\n2026-01-02,1,2\n', 'add a column "symbol"'],
      'priceless.csv': ['date,SPY\n2026-01-02,\n', 'holds no price'],
    };
    for (const [name, [content, words]] of Object.entries(wrong)) {
      const error = await all(file(name, content), 'SPY').catch((e: unknown) => e);
      expect(error).toBeInstanceOf(PortError);
      expect((error as PortError).code).toBe('bad-answer');
      expect((error as PortError).message).toContain(words);
    }
  });

  test('of any text gives prices above zero in order, or is refused', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            date: fc.oneof(fc.constantFrom('2026-01-02', '2026-01-05', '2026-01-01'), fc.string()),
            price: fc.oneof(fc.double().map(String), fc.string({ maxLength: 8 })),
          }),
          { maxLength: 20 },
        ),
        (rows) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const lines = rows.map((row) => `${quoted(row.date)},${quoted(row.price)}`);
          const { bars } = readTable(`date,X\n${lines.join('\n')}`);
          expect(bars.every((bar) => bar.close > 0 && Number.isFinite(bar.close))).toBe(true);
          expect(bars.every((bar, i) => i === 0 || bar.day > bars[i - 1].day)).toBe(true);
        },
      ),
    );
  });
});

describe('the setting of prices', () => {
  test('names a provider', () => {
    expect(providerOf('sandbox').source).toBe('sandbox:1');
    expect(providerOf('sandbox:42').source).toBe('sandbox:42');
    expect(providerOf('yahoo').source).toBe('yahoo');
    expect(providerOf(`csv:${file('named.csv', 'date,SPY\n2026-01-02,1\n')}`).source).toBe(
      'csv:named.csv',
    );
  });

  test('that is wrong or names no file is refused with what to write', () => {
    for (const wrong of [
      '',
      'nasdaq',
      'csv:',
      'csv:/nowhere/prices.csv',
      'sandbox:',
      'sandbox:x',
      'yahoo:1',
    ]) {
      expect(() => providerOf(wrong)).toThrow(/^KEEL_PRICES .*(write|whole number)/);
    }
  });
});

const core = '../shared/market/core/core_panel_adjclose.csv.gz';

describe.skipIf(!existsSync(core))('the real panel (skipped where ../shared is absent)', () => {
  test('SPY returned -36.80 % in 2008 and fell 55.2 % at worst', async () => {
    const provider = providerOf(`csv:${core}`);
    const batch = await provider.fetch((await provider.symbols())!, 0, 40_000);
    expect(batch.missing).toEqual([]);
    const { panel, ...view } = marketView({ ...batch, source: provider.source, simulated: false });
    const spy = panel.assets.indexOf('SPY');
    const at = (t: number) => panel.prices[t * panel.assets.length + spy];
    const row = (iso: string) => panel.days.indexOf(day(iso));
    expect(((at(row('2008-12-31')) / at(row('2007-12-31')) - 1) * 100).toFixed(2)).toBe('-36.80');
    expect(((at(row('2022-12-30')) / at(row('2021-12-31')) - 1) * 100).toFixed(2)).toBe('-18.18');
    let highest = 0;
    let worst = 0;
    for (let t = 0; t < panel.days.length; t++) {
      highest = Math.max(highest, at(t));
      worst = Math.min(worst, at(t) / highest - 1);
    }
    expect((worst * 100).toFixed(1)).toBe('-55.2');
    expect(new Date(lastClose({ panel, ...view })).toISOString()).toBe('2026-05-01T21:00:00.000Z');
    expect([panel.assets.length, panel.days.length]).toEqual([22, 5366]);
  });
});
