import type { Bar, CorporateAction, PriceBatch } from './ports.ts';

/** One asset's bars in order, with total-return prices beside the raw closes. */
export interface History {
  readonly asset: string;
  readonly days: Int32Array;
  /** As traded. */
  readonly closes: Float64Array;
  /** Worth of one unit bought on the first day, its dividends reinvested and its splits kept. */
  readonly totals: Float64Array;
}

type Report = (problem: PriceBatch['missing'][number]) => void;

/**
 * Total-return histories: each day's return is (close x split + dividend) / previous close. They
 * start at the first raw close, so that a later dividend does not restate the past. A close that is
 * not a positive number is left out and reported; an action on a day without a bar counts on the next.
 */
export function histories(
  bars: readonly Bar[],
  actions: readonly CorporateAction[],
  report: Report,
): History[] {
  const byAsset = Map.groupBy(bars, (bar) => bar.asset);
  const actionsOf = Map.groupBy(actions, (action) => action.asset);
  return [...byAsset].flatMap(([asset, found]) => {
    const kept = usable(asset, found, report);
    if (kept.length === 0) return [];
    const days = Int32Array.from(kept, (bar) => bar.day);
    const closes = Float64Array.from(kept, (bar) => bar.close);
    return [{ asset, days, closes, totals: totalReturn(days, closes, actionsOf.get(asset) ?? []) }];
  });
}

function usable(asset: string, bars: readonly Bar[], report: Report): readonly Bar[] {
  const good = bars.filter((bar) => {
    const fine = bar.close > 0 && Number.isFinite(bar.close);
    if (!fine) report({ asset, day: bar.day, reason: `${bar.close} is not a price; not used` });
    return fine;
  });
  const rising = good.every((bar, i) => i === 0 || bar.day > good[i - 1].day);
  if (rising) return good;
  const sorted = [...good].sort((a, b) => a.day - b.day);
  return sorted.filter((bar, i) => {
    const repeated = i > 0 && bar.day === sorted[i - 1].day;
    if (repeated) report({ asset, day: bar.day, reason: 'given twice; the first is used' });
    return !repeated;
  });
}

function totalReturn(
  days: Int32Array,
  closes: Float64Array,
  actions: readonly CorporateAction[],
): Float64Array {
  const due = [...actions].sort((a, b) => a.day - b.day);
  const totals = new Float64Array(days.length);
  let next = 0;
  // What came before the first bar belongs to nobody here.
  while (next < due.length && due[next].day <= days[0]) next++;
  let factor = 1;
  totals[0] = closes[0];
  for (let t = 1; t < days.length; t++) {
    for (; next < due.length && due[next].day <= days[t]; next++) {
      // One unit became `split` units worth `close` each, and its dividend buys more at the close.
      factor *= due[next].split + due[next].dividend / closes[t];
    }
    totals[t] = closes[t] * factor;
  }
  return totals;
}
