import { type PricePanel, pricePanel } from '../engine/panel.ts';
import { sha256 } from './advice/canonical.ts';
import { encodePanel } from './advice/panel-window.ts';
import { type Asset, assetOf, catalogue } from './catalogue.ts';
import { PortError } from './errors.ts';
import type { Bar, CorporateAction, MarketView, PriceBatch, Quote } from './ports.ts';
import { type History, histories } from './price-history.ts';

/** A price missing for this many trading days in a row is carried; a longer gap is not. */
export const MOST_CARRIED = 5;

const msPerDay = 86_400_000;
const closeMs = 21 * 3_600_000;

export interface MarketInput {
  readonly bars: readonly Bar[];
  readonly actions: readonly CorporateAction[];
  readonly source: string;
  readonly simulated: boolean;
  /** Default: the catalogue. */
  readonly assetOf?: (symbol: string) => Pick<Asset, 'calendar'> | undefined;
}

/**
 * The market from stored bars: pure, and the one door at which gaps and unequal histories are
 * handled. Panel days are those on which most New York funds traded; what trades round the clock is
 * sampled on them. A price missing inside a history is carried for at most five trading days; after
 * a longer gap the asset starts anew, and one without a price for longer at the end is left out.
 *
 * @throws {PortError} 'refused' when there is no price to build on
 */
export function marketView(input: MarketInput): MarketView {
  const { source, simulated } = input;
  const info = input.assetOf ?? assetOf;
  const missing: { asset: string; day?: number; reason: string }[] = [];
  const all = histories(input.bars, input.actions, (problem) => missing.push(problem));
  if (all.length === 0) {
    throw new PortError('prices', 'refused', `There are no prices from ${source} yet.`);
  }
  all.sort((a, b) => rank(a.asset) - rank(b.asset) || (a.asset < b.asset ? -1 : 1));
  const days = tradingDays(all, info);
  const columns = all.flatMap((history) => {
    const column = align(history, days, (problem) => missing.push(problem));
    return column ? [{ asset: history.asset, column }] : [];
  });
  const panel = assemble(columns, days);
  return {
    source,
    simulated,
    panel,
    panelHash: sha256(encodePanel(panel)),
    quotes: new Map(all.map((history) => [history.asset, quoteOf(history, source)])),
    rule: ruleSentence(missing),
    missing,
  };
}

/** Milliseconds since the epoch of the panel's last close: 21:00 UTC. */
export function lastClose(view: MarketView): number {
  const { days } = view.panel;
  return days[days.length - 1] * msPerDay + closeMs;
}

/** The last day whose close is known at `now`: a day's bars are seen from 21:00 UTC on. */
export function lastClosedDay(now: number): number {
  return Math.floor((now - closeMs) / msPerDay);
}

const order = new Map(catalogue.map((asset, index) => [asset.symbol, index]));
const rank = (symbol: string) => order.get(symbol) ?? order.size;

function quoteOf(history: History, source: string): Quote {
  const last = history.days.length - 1;
  return { asset: history.asset, price: history.closes[last], day: history.days[last], source };
}

/** Days on which at least half of the New York assets then listed have a bar; a stray print makes no day. */
function tradingDays(
  all: readonly History[],
  info: (symbol: string) => Pick<Asset, 'calendar'> | undefined,
): Int32Array {
  const exchange = all.filter((one) => info(one.asset)?.calendar !== '24/7');
  const counted = exchange.length > 0 ? exchange : all;
  const traded = new Map<number, number>();
  for (const { days } of counted) {
    for (const day of days) traded.set(day, (traded.get(day) ?? 0) + 1);
  }
  const starts = counted.map((one) => one.days[0]).sort((a, b) => a - b);
  const ends = counted.map((one) => one.days[one.days.length - 1]).sort((a, b) => a - b);
  let started = 0;
  let ended = 0;
  const kept: number[] = [];
  for (const [day, count] of [...traded].sort((a, b) => a[0] - b[0])) {
    while (started < starts.length && starts[started] <= day) started++;
    while (ended < ends.length && ends[ended] < day) ended++;
    if (2 * count >= started - ended) kept.push(day);
  }
  return Int32Array.from(kept);
}

/** One asset's total-return prices on the panel's days, NaN before it starts; null when left out. */
function align(
  history: History,
  days: Int32Array,
  report: (problem: PriceBatch['missing'][number]) => void,
): Float64Array | null {
  const { asset } = history;
  const column = new Float64Array(days.length).fill(Number.NaN);
  let at = -1;
  let carried: number[] = [];
  for (let t = 0; t < days.length; t++) {
    while (at + 1 < history.days.length && history.days[at + 1] <= days[t]) at++;
    if (at < 0) continue;
    if (history.days[at] === days[t]) {
      if (carried.length > MOST_CARRIED) {
        column.fill(Number.NaN, 0, t);
        const reason = `no price on ${carried.length} trading days in a row; used from the day after`;
        report({ asset, day: carried[0], reason });
      } else {
        for (const day of carried)
          report({ asset, day, reason: 'no price; the one before is carried' });
      }
      carried = [];
    } else if (t > 0 && !Number.isNaN(column[t - 1])) carried.push(days[t]);
    else continue;
    column[t] = history.totals[at];
  }
  if (carried.length > MOST_CARRIED) {
    const reason = `no price on the last ${carried.length} trading days; left out`;
    report({ asset, day: carried[0], reason });
    return null;
  }
  for (const day of carried) report({ asset, day, reason: 'no price; the one before is carried' });
  if (Number.isNaN(column[days.length - 1])) {
    report({ asset, reason: 'no price on any trading day; left out' });
    return null;
  }
  return column;
}

function assemble(
  columns: readonly { readonly asset: string; readonly column: Float64Array }[],
  days: Int32Array,
): PricePanel {
  if (columns.length === 0) {
    throw new PortError('prices', 'refused', 'No asset has prices up to the last trading day.');
  }
  // Days before any kept asset starts hold nothing.
  const from = Math.min(...columns.map(({ column }) => column.findIndex((p) => !Number.isNaN(p))));
  const n = columns.length;
  const prices = new Float64Array((days.length - from) * n);
  columns.forEach(({ column }, j) => {
    for (let t = from; t < days.length; t++) prices[(t - from) * n + j] = column[t];
  });
  return pricePanel(
    columns.map(({ asset }) => asset),
    days.slice(from),
    prices,
  );
}

function ruleSentence(missing: PriceBatch['missing']): string {
  const rule =
    'Each asset counts from its first price; a missing price is carried for at most five trading days.';
  const left = [
    ...new Set(missing.filter((m) => m.reason.endsWith('left out')).map((m) => m.asset)),
  ];
  return left.length === 0
    ? rule
    : `${rule} Left out for want of recent prices: ${left.join(', ')}.`;
}
