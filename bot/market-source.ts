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

type Stored = Awaited<ReturnType<Reads['bars']['all']>>;

/** The market of one source, built from stored bars when first asked and kept until a refresh. */
export function createMarket(parts: {
  readonly store: { readonly read: Pick<Reads, 'bars'> };
  readonly provider: Pick<PriceProvider, 'source' | 'simulated'>;
  readonly clock: Clock;
}): Market {
  const { source, simulated } = parts.provider;
  let stored: Promise<Stored & { readonly lastDay: number }> | null = null;
  const views = new Map<number, MarketView>();

  const read = () => {
    stored ??= parts.store.read.bars.all(source).then((all) => ({
      ...all,
      lastDay: all.bars.reduce((last, bar) => Math.max(last, bar.day), 0),
    }));
    // A failed read is tried again.
    stored.catch(() => {
      stored = null;
    });
    return stored;
  };

  const upTo = async (day: number): Promise<MarketView> => {
    const { bars, actions, lastDay } = await read();
    const until = Math.min(day, lastDay);
    const known = views.get(until);
    if (known) return known;
    const seen = <T extends { readonly day: number }>(rows: readonly T[]) =>
      until === lastDay ? rows : rows.filter((row) => row.day <= until);
    const view = marketView({ bars: seen(bars), actions: seen(actions), source, simulated });
    // One view at a time is enough: the clock only moves on.
    views.clear();
    views.set(until, view);
    return view;
  };

  return {
    view: () => upTo(lastClosedDay(parts.clock.now())),
    latest: () => upTo(Number.MAX_SAFE_INTEGER),
    refresh() {
      stored = null;
      views.clear();
    },
  };
}
