import { lastClosedDay, marketView } from './market.ts';
import type { Clock, MarketView, PriceProvider } from './ports.ts';
import type { Reads } from './store.ts';

/** The market in memory, as of the clock. */
export interface Market {
  /** Never shows a bar after now. The same object until prices or the last closed day change. */
  view(): Promise<MarketView>;
  /** The newest stored prices whatever the clock says: where a demo finds its time. */
  latest(): Promise<MarketView>;
  /** Forgets what is in memory; the next view reads the store. */
  refresh(): void;
}

type Bars = Reads['bars'];

/** How often the store is asked whether another process has stored newer prices. */
const LOOK_AGAIN_MS = 5 * 60_000;

/** What was read of the store, with the one view of it in use: the clock only moves on. */
interface Loaded {
  readonly all: Awaited<ReturnType<Bars['all']>>;
  readonly lastDay: number;
  view: { readonly until: number; readonly market: MarketView } | null;
}

/** The market of one source, built from stored bars when first asked and kept until there are newer ones. */
export function createMarket(parts: {
  readonly store: { readonly read: { readonly bars: Pick<Bars, 'all' | 'lastDays'> } };
  readonly provider: Pick<PriceProvider, 'source' | 'simulated'>;
  readonly clock: Clock;
}): Market {
  const { source, simulated } = parts.provider;
  const { bars } = parts.store.read;
  let loaded: Promise<Loaded> | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  function load(): Promise<Loaded> {
    if (loaded !== null) return loaded;
    const reading = bars.all(source).then((all) => ({
      all,
      lastDay: all.bars.reduce((last, bar) => Math.max(last, bar.day), 0),
      view: null,
    }));
    loaded = reading;
    lookedAt = parts.clock.now();
    // A failed read is tried again.
    reading.catch(() => {
      if (loaded === reading) loaded = null;
    });
    return reading;
  }

  async function upTo(day: number): Promise<MarketView> {
    const stored = await load();
    const until = Math.min(day, stored.lastDay);
    if (stored.view?.until === until) return stored.view.market;
    const seen = <T extends { readonly day: number }>(rows: readonly T[]) =>
      until === stored.lastDay ? rows : rows.filter((row) => row.day <= until);
    const { all } = stored;
    const input = { bars: seen(all.bars), actions: seen(all.actions), source, simulated };
    const market = marketView(input);
    stored.view = { until, market };
    return market;
  }

  /** Forgets what is in memory when the store has a later day of any asset. */
  async function look(): Promise<void> {
    const before = loaded;
    const { all } = await load();
    const newest = await bars.lastDays(source);
    const known = new Map<string, number>();
    for (const { asset, day } of all.bars) known.set(asset, Math.max(day, known.get(asset) ?? 0));
    const later = [...newest].some(([asset, day]) => day > (known.get(asset) ?? 0));
    if (later && loaded === before) loaded = null;
  }

  /** Nobody waits for the look: who asks now gets what is in memory, with its age. */
  function lookAgain(now: number): void {
    if (loaded === null || Math.abs(now - lookedAt) < LOOK_AGAIN_MS) return;
    lookedAt = now;
    // A store that cannot be reached is met, and said, by the next read.
    look().catch(() => undefined);
  }

  return {
    view() {
      const now = parts.clock.now();
      lookAgain(now);
      return upTo(lastClosedDay(now));
    },
    latest: () => upTo(Number.MAX_SAFE_INTEGER),
    refresh() {
      loaded = null;
    },
  };
}
