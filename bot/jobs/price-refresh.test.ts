import { describe, expect, test } from 'vitest';
import { PortError } from '../errors.ts';
import type { Bar, CorporateAction, PriceProvider } from '../ports.ts';
import type { Reads, Store, Tx } from '../store.ts';
import { refreshPrices } from './price-refresh.ts';

const today = 20_600;
const clock = { now: () => today * 86_400_000 + 22 * 3_600_000 };

/** Bars in memory under (asset, day), as the store keeps the newest. */
function memory() {
  const rows = new Map<string, Bar>();
  const read = {
    all: async () => ({ bars: [...rows.values()], actions: [] as CorporateAction[] }),
    lastDays: async () => {
      const days = new Map<string, number>();
      for (const { asset, day } of rows.values())
        days.set(asset, Math.max(days.get(asset) ?? 0, day));
      return days;
    },
  };
  const put: Tx['bars']['put'] = async (_source, _knownAt, bars) => {
    const before = rows.size;
    for (const bar of bars) rows.set(`${bar.asset} ${bar.day}`, bar);
    return rows.size - before;
  };
  const store = {
    read: { bars: read } as Pick<Reads, 'bars'> as Reads,
    transact: <T>(work: (tx: Tx) => Promise<T>) =>
      work({ bars: { ...read, put } } as unknown as Tx),
  } satisfies Pick<Store, 'read' | 'transact'>;
  return { store, rows };
}

function provider(asked: [readonly string[], number, number][] = []): PriceProvider {
  return {
    source: 'test',
    simulated: false,
    symbols: async () => ['SPY', 'AGG'],
    async fetch(assets, fromDay, toDay) {
      asked.push([assets, fromDay, toDay]);
      const bars = assets.flatMap((asset) =>
        Array.from({ length: 30 }, (_, i) => today - 29 + i)
          .filter((day) => day >= fromDay && day <= toDay)
          .map((day) => ({ asset, day, open: null, close: day / 100, volume: null })),
      );
      return { bars, actions: [], missing: [] };
    },
  };
}

function quiet() {
  const said: string[] = [];
  const say = (_: unknown, message: string) => void said.push(message);
  return { log: { info: say, warn: say, error: say }, said };
}

describe('refreshing prices', () => {
  test('loads everything once, and again changes nothing', async () => {
    const { store, rows } = memory();
    const parts = { store, clock, log: quiet().log };
    const first = await refreshPrices({ ...parts, provider: provider() });
    expect(first).toMatchObject({ state: 'refreshed', written: 60 });
    expect(first.sentence).toBe('Read prices from test up to 27 May 2026; 60 were new.');
    expect(rows.size).toBe(60);
    const second = await refreshPrices({ ...parts, provider: provider() });
    expect(second).toMatchObject({ state: 'refreshed', written: 0 });
  });

  test('asks only for what is new, a little of the past again, and nothing after the last close', async () => {
    const { store } = memory();
    const parts = { store, log: quiet().log };
    const yesterday = { now: () => clock.now() - 86_400_000 };
    await refreshPrices({ ...parts, clock: yesterday, provider: provider() });
    const asked: [readonly string[], number, number][] = [];
    await refreshPrices({ ...parts, clock, provider: provider(asked) });
    expect(asked).toEqual([[['SPY', 'AGG'], today - 11, today]]);
    const morning = { now: () => today * 86_400_000 + 9 * 3_600_000 };
    await refreshPrices({ ...parts, clock: morning, provider: provider(asked) });
    expect(asked[1][2]).toBe(today - 1);
  });

  test('names the assets of the catalogue that the source does not have', async () => {
    const outcome = await refreshPrices({
      ...memory(),
      clock,
      log: quiet().log,
      provider: provider(),
    });
    expect(outcome.state).toBe('refreshed');
    expect(outcome.state === 'refreshed' && outcome.missing).toContainEqual({
      asset: 'GLD',
      reason: 'test has no GLD',
    });
  });

  test('without network keeps the old prices and says their age', async () => {
    const { store, rows } = memory();
    const { log, said } = quiet();
    await refreshPrices({ store, clock, log, provider: provider() });
    const down: PriceProvider = {
      ...provider(),
      fetch: () => Promise.reject(new PortError('prices', 'unreachable', 'No network.')),
    };
    const later = { now: () => clock.now() + 3 * 86_400_000 };
    const outcome = await refreshPrices({ store, clock: later, log, provider: down });
    expect(outcome).toEqual({
      state: 'kept',
      lastDay: today,
      ageDays: 3,
      sentence: 'No network. Keeping the prices of 27 May 2026, 3 days old.',
    });
    expect(said.at(-1)).toBe(outcome.sentence);
    expect(rows.size).toBe(60);
    const empty = await refreshPrices({ ...memory(), clock, log, provider: down });
    expect(empty).toMatchObject({ state: 'kept', lastDay: null, ageDays: null });
  });

  test('does not forgive a failing store', async () => {
    const { store } = memory();
    const failing = { ...store, transact: () => Promise.reject(new Error('disk full')) };
    await expect(
      refreshPrices({ store: failing, clock, log: quiet().log, provider: provider() }),
    ).rejects.toThrow('disk full');
  });
});
