import { catalogue } from '../catalogue.ts';
import { PortError } from '../errors.ts';
import { formatDay } from '../language/format.ts';
import { lastClosedDay } from '../market.ts';
import type { Clock, Logger, PriceBatch, PriceProvider } from '../ports.ts';
import type { Store } from '../store.ts';

/** What a refresh came to, with a sentence for the log and for people. */
export type RefreshOutcome =
  | {
      readonly state: 'refreshed';
      /** Rows new or restated. */
      readonly written: number;
      readonly missing: PriceBatch['missing'];
      readonly sentence: string;
    }
  | {
      /** The source could not be read; what is stored stays. */
      readonly state: 'kept';
      /** Last stored UTC day, null when there is none. */
      readonly lastDay: number | null;
      readonly ageDays: number | null;
      readonly sentence: string;
    };

/** 1 January 2005: as far back as a first load asks. */
const FIRST_DAY = 12_784;
/** Days asked for again each time, because sources restate their last bars. */
const OVERLAP_DAYS = 10;

/**
 * Fetches what is new into the store, in one transaction. Run at start and daily; running it twice
 * changes nothing. When the source cannot be read, stored prices stay and their age is said.
 */
export async function refreshPrices(parts: {
  readonly store: Pick<Store, 'read' | 'transact'>;
  readonly provider: PriceProvider;
  readonly clock: Clock;
  readonly log: Logger;
}): Promise<RefreshOutcome> {
  const { store, provider, log } = parts;
  const now = parts.clock.now();
  const until = lastClosedDay(now);
  const lastDays = await store.read.bars.lastDays(provider.source);
  try {
    const batch = await fetchNew(provider, lastDays, until);
    const written = await store.transact((tx) =>
      tx.bars.put(provider.source, now, batch.bars, batch.actions),
    );
    const lastDay = batch.bars.reduce(
      (last, bar) => Math.max(last, bar.day),
      newest(lastDays) ?? 0,
    );
    const upTo = lastDay > 0 ? `up to ${formatDay(lastDay)}` : 'and found none';
    const sentence = `Read prices from ${provider.source} ${upTo}; ${written} were new.`;
    log.info({ source: provider.source, written, missing: batch.missing.length }, sentence);
    return { state: 'refreshed', written, missing: batch.missing, sentence };
  } catch (error) {
    // Only the outside world is forgiven; a fault of the store or of this code is not.
    if (!(error instanceof PortError) || error.port !== 'prices') throw error;
    const lastDay = newest(lastDays);
    const ageDays = lastDay === null ? null : Math.max(0, until - lastDay);
    const kept =
      lastDay === null
        ? 'No prices are stored yet.'
        : `Keeping the prices of ${formatDay(lastDay)}, ${ageDays === 1 ? '1 day' : `${ageDays} days`} old.`;
    const sentence = `${error.message} ${kept}`;
    // With nothing to keep, whoever asked has to stop and say it.
    if (lastDay !== null)
      log.warn({ source: provider.source, code: error.code, ageDays }, sentence);
    return { state: 'kept', lastDay, ageDays, sentence };
  }
}

/** Assets never stored are asked for from the beginning, the others from shortly before their last day. */
async function fetchNew(
  provider: PriceProvider,
  lastDays: ReadonlyMap<string, number>,
  until: number,
): Promise<PriceBatch> {
  const offered = await provider.symbols();
  const known = catalogue.map((asset) => asset.symbol);
  const assets = offered === null ? known : known.filter((symbol) => offered.includes(symbol));
  const fresh = assets.filter((symbol) => !lastDays.has(symbol));
  const stored = assets.filter((symbol) => lastDays.has(symbol));
  const batches: PriceBatch[] = [];
  if (fresh.length > 0) batches.push(await provider.fetch(fresh, FIRST_DAY, until));
  if (stored.length > 0) {
    const from = Math.min(...stored.map((symbol) => lastDays.get(symbol)!)) - OVERLAP_DAYS;
    batches.push(await provider.fetch(stored, from, until));
  }
  const absent = known.filter((symbol) => !assets.includes(symbol));
  return {
    bars: batches.flatMap((batch) => batch.bars),
    actions: batches.flatMap((batch) => batch.actions),
    missing: [
      ...batches.flatMap((batch) => batch.missing),
      ...absent.map((asset) => ({ asset, reason: `${provider.source} has no ${asset}` })),
    ],
  };
}

function newest(lastDays: ReadonlyMap<string, number>): number | null {
  return lastDays.size === 0 ? null : Math.max(...lastDays.values());
}
