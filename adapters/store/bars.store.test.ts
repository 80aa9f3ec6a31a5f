import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bar } from '../../bot/ports.ts';
import type { Store } from '../../bot/store.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshSettings, freshStore } from '../../fakes/store.ts';
import { openStore } from './index.ts';

afterAll(stopTestPostgres);

const bar = (asset: string, day: number, close: number, rest: Partial<Bar> = {}): Bar => ({
  ...{ asset, day, close, open: null, volume: null },
  ...rest,
});

describe.each(['pglite', 'postgres'] as const)('bars on %s', (kind) => {
  let store: Store;
  beforeEach(async () => {
    store = await freshStore(kind);
  });
  afterEach(() => store.close());

  it('come back by asset and day with the same bits', async () => {
    const given = [
      bar('SPY', 2, 1 / 3, { open: 5e-324, volume: 0 }),
      bar('SPY', -1, 1.7976931348623157e308),
      bar('^GSPC "x"\\', 3, 0.1 + 0.2, { volume: 9_007_199_254_740_991 }),
      bar('BTC-USD', 1, 61_234.56, { open: 61_000.5 }),
    ];
    const actions = [
      { asset: 'SPY', day: 2, dividend: 0.1, split: 1 },
      { asset: 'BTC-USD', day: 9, dividend: 0, split: 1 / 8 },
    ];
    expect(await store.transact((tx) => tx.bars.put('csv:a', 1, given, actions))).toBe(6);
    expect(await store.read.bars.all('csv:a')).toEqual({
      bars: [given[3], given[1], given[0], given[2]],
      actions: [actions[1], actions[0]],
    });
    expect(await store.read.bars.all('other')).toEqual({ bars: [], actions: [] });
    expect(await store.read.bars.lastDays('csv:a')).toEqual(
      new Map([
        ['BTC-USD', 1],
        ['SPY', 2],
        ['^GSPC "x"\\', 3],
      ]),
    );
  });

  it('are written only when new or restated, and the newest known wins', async () => {
    const put = (knownAt: number, close: number) =>
      store.transact((tx) =>
        tx.bars.put('s', knownAt, [bar('SPY', 1, close), bar('SPY', 2, 7)], []),
      );
    expect(await put(1, 5)).toBe(2);
    expect(await put(2, 5)).toBe(0);
    expect(await put(3, 6)).toBe(1);
    expect((await store.read.bars.all('s')).bars.map((one) => one.close)).toEqual([6, 7]);
    expect(await put(4, 5)).toBe(1);
    expect((await store.read.bars.all('s')).bars.map((one) => one.close)).toEqual([5, 7]);
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])(
    'refuse a close of %s by name',
    async (close) => {
      const bad = store.transact((tx) => tx.bars.put('s', 1, [bar('SPY', 5, close)], []));
      await expect(bad).rejects.toThrow(/SPY on day 5/);
    },
  );

  it('of a whole market are written and read in under three seconds', async () => {
    const given: Bar[] = [];
    for (let asset = 0; asset < 25; asset++)
      for (let day = 0; day < 4_600; day++)
        given.push(
          bar(`A${String(asset).padStart(2, '0')}`, day, 100 + Math.sin(day * asset), {
            open: day % 9 === 0 ? null : 100 + Math.cos(day),
            volume: day,
          }),
        );
    const started = performance.now();
    expect(await store.transact((tx) => tx.bars.put('s', 1, given, []))).toBe(115_000);
    const { bars } = await store.read.bars.all('s');
    const ms = performance.now() - started;
    expect(bars).toEqual(given);
    console.log(`115,000 bars written and read on ${kind} in ${ms.toFixed(0)} ms`);
    // The promise is three seconds on a quiet machine; a busy one gets some slack.
    expect(ms).toBeLessThan(6_000);
  });
});

describe('two processes that refresh at once', () => {
  it('write each bar once', async () => {
    const settings = await freshSettings('postgres');
    const stores = [await openStore(settings), await openStore(settings)];
    try {
      const given = Array.from({ length: 3_000 }, (_, day) => bar('SPY', day, 100 + day));
      // The source is known already, so that nothing else puts the two in line.
      await stores[0].transact((tx) => tx.bars.put('s', 0, [bar('AGG', 1, 100)], []));
      const written = await Promise.all(
        stores.map((store, n) => store.transact((tx) => tx.bars.put('s', n, given, []))),
      );
      expect(written.toSorted((a, b) => a - b)).toEqual([0, 3_000]);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });
});
