import { describe, expect, it } from 'vitest';
import { createMarket } from './market-source.ts';
import type { Bar } from './ports.ts';

const day = 86_400_000;
/** After the close of a UTC day. */
const evening = (of: number) => of * day + 22 * 3_600_000;

/** Stored bars that another process may add to. */
function shelf() {
  let bars: Bar[] = [];
  let gate: Promise<void> = Promise.resolve();
  return {
    put(of: number, close: number, asset = 'SPY') {
      bars = [
        ...bars.filter((bar) => bar.day !== of || bar.asset !== asset),
        { asset, day: of, open: null, close, volume: null },
      ];
    },
    /** What is read from now on arrives when this is resolved. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = Promise.resolve();
        resolve();
      };
    },
    read: {
      bars: {
        all: async () => {
          const found = { bars: [...bars], actions: [] };
          await gate;
          return found;
        },
        lastDays: async () => {
          const last = new Map<string, number>();
          for (const { asset, day: of } of bars)
            last.set(asset, Math.max(of, last.get(asset) ?? 0));
          return last;
        },
      },
    },
  };
}

/** Lets what goes on in the background come to its end. */
const soon = () => new Promise((resolve) => setImmediate(resolve));
const provider = { source: 'test', simulated: false };

describe('the market in memory', () => {
  it('learns of prices that another process has stored', async () => {
    const store = shelf();
    for (const of of [100, 101, 102]) store.put(of, of);
    let now = evening(102);
    const market = createMarket({ store, provider, clock: { now: () => now } });
    expect((await market.view()).quotes.get('SPY')?.price).toBe(102);
    store.put(103, 103);
    now = evening(103);
    await market.view();
    await soon();
    expect((await market.view()).quotes.get('SPY')?.price).toBe(103);
  });

  it('keeps one view while nothing is new, however often it looks', async () => {
    const store = shelf();
    for (const of of [100, 101, 102]) store.put(of, of);
    let now = evening(102);
    const market = createMarket({ store, provider, clock: { now: () => now } });
    const view = await market.view();
    for (let later = 1; later < 4; later++) {
      now = evening(102 + later);
      await market.view();
      await soon();
    }
    expect(await market.view()).toBe(view);
  });

  it('does not bring back old prices that were being read when it was refreshed', async () => {
    const store = shelf();
    for (const of of [100, 101, 102]) store.put(of, of);
    const market = createMarket({ store, provider, clock: { now: () => evening(102) } });
    const release = store.hold();
    const early = market.view();
    await soon();
    store.put(102, 99);
    market.refresh();
    const late = market.view();
    release();
    await Promise.all([early, late]);
    expect((await market.view()).quotes.get('SPY')?.price).toBe(99);
  });
});
