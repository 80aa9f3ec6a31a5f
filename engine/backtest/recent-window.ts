import { EngineError } from '../errors.ts';
import { cut, type PricePanel } from '../panel.ts';

/** The latest rows of the assets that have enough history, as a panel of their own. */
export interface RecentWindow {
  readonly panel: PricePanel;
  /** Columns of the panel it was cut from, rising. */
  readonly columns: readonly number[];
}

/**
 * Cuts the latest rows of the assets with enough history out of what a strategy sees.
 *
 * @param past the panel through the decision day
 * @param rows at most this many rows
 * @param leastRows an asset with fewer rows than this is left out; at most `rows`
 * @param wanted per column, whether the asset may be held at all; every asset without it
 * @throws {EngineError} 'short-history' when no asset is left
 */
export function recentWindow(
  past: PricePanel,
  rows: number,
  leastRows: number,
  wanted: (column: number) => boolean = () => true,
): RecentWindow {
  const total = past.days.length;
  const n = past.assets.length;
  const columns: number[] = [];
  for (let j = 0; j < n; j++) {
    if (wanted(j) && total - past.firstRow[j] >= leastRows) columns.push(j);
  }
  if (columns.length === 0) {
    throw new EngineError(
      'short-history',
      `No asset has the ${leastRows} days of prices that the method needs.`,
      { leastRows, days: total },
    );
  }
  return { columns, panel: cut(past, columns, Math.max(0, total - rows)) };
}
