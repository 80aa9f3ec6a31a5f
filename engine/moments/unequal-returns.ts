import { EngineError } from '../errors.ts';
import type { PricePanel } from '../panel.ts';
import { minimumHistoryDays, type ReturnsWindow, type WindowRequest } from './returns-window.ts';

/** Daily simple returns over one window, each asset from its own first day on. */
export interface UnequalReturns extends ReturnsWindow {
  /** rows x n, row-major simple returns per panel day; NaN before an asset's first. */
  readonly returns: Float64Array;
  /** Per asset, the first row with a return. */
  readonly firstRow: Int32Array;
}

/**
 * The last returns of a panel under the rule "own histories": as `returnsWindow`, but a young asset
 * does not cut the window short for the others. For estimators that take unequal histories.
 *
 * @throws {EngineError} 'short-history' when no asset has the minimum; 'bad-input' for an asset the
 *   panel does not know or a lookback below two
 */
export function unequalReturns(panel: PricePanel, request: WindowRequest): UnequalReturns {
  const { lookback, minimumHistory = Math.min(minimumHistoryDays, lookback) } = request;
  const wanted = request.assets ?? panel.assets;
  const unknown = wanted.find((asset) => !panel.assets.includes(asset));
  if (unknown !== undefined || !(Number.isInteger(lookback) && lookback >= 2)) {
    throw new EngineError(
      'bad-input',
      unknown !== undefined
        ? `There are no prices of ${unknown}; leave it out.`
        : `A lookback of ${lookback} returns is too short; take at least 2.`,
      { asset: unknown, lookback },
    );
  }
  const last = panel.days.length - 1;
  const history = (column: number) => Math.max(0, last - panel.firstRow[column]);
  const asked = panel.assets.map((_, column) => column);
  const columns = asked.filter(
    (column) => wanted.includes(panel.assets[column]) && history(column) >= minimumHistory,
  );
  const dropped = asked
    .filter((column) => wanted.includes(panel.assets[column]) && history(column) < minimumHistory)
    .map((column) => ({
      asset: panel.assets[column],
      reason: `only ${history(column)} days of returns where ${minimumHistory} are needed`,
    }));
  if (columns.length === 0) {
    throw new EngineError(
      'short-history',
      `No asset has ${minimumHistory} days of returns; give a longer price history.`,
      { minimumHistory, dropped },
    );
  }
  const rows = Math.min(lookback, Math.max(...columns.map(history)));
  const start = last - rows;
  const n = columns.length;
  const width = panel.assets.length;
  const firstRow = Int32Array.from(columns, (column) => Math.max(0, rows - history(column)));
  const returns = new Float64Array(rows * n).fill(Number.NaN);
  columns.forEach((column, j) => {
    for (let t = firstRow[j]; t < rows; t++) {
      const before = (start + t) * width + column;
      returns[t * n + j] = panel.prices[before + width] / panel.prices[before] - 1;
    }
  });
  return {
    assets: columns.map((column) => panel.assets[column]),
    returns,
    rows,
    days: panel.days.slice(start + 1),
    dropped,
    firstRow,
  };
}
