import { EngineError } from '../errors.ts';
import type { PricePanel } from '../panel.ts';

/** Daily simple returns of the assets with enough history, over one window common to all. */
export interface ReturnsWindow {
  /** n symbols, in the panel's order. */
  readonly assets: readonly string[];
  /** rows x n, row-major simple returns per panel day. */
  readonly returns: Float64Array;
  readonly rows: number;
  /** UTC day number of each return, that of its later price. */
  readonly days: Int32Array;
  /** Assets asked for and left out, with the rule that left them out. */
  readonly dropped: readonly { readonly asset: string; readonly reason: string }[];
}

export interface WindowRequest {
  /** Longest window in returns. */
  readonly lookback: number;
  /** An asset with fewer returns than this is left out; a year of trading days by default. */
  readonly minimumHistory?: number;
  /** Symbols wanted; all of the panel by default. */
  readonly assets?: readonly string[];
}

/** Returns an asset needs before anything is estimated from it: a year of trading days. */
export const minimumHistoryDays = 252;

/**
 * The last returns of a panel under the rule "common window": assets with less than the minimum
 * history are left out and said, and the window starts where the youngest of the rest does, at most
 * `lookback` returns back. No price is filled in or carried over.
 *
 * @throws {EngineError} 'short-history' when no asset has the minimum; 'bad-input' for an asset the
 *   panel does not know or a lookback below the minimum
 */
export function returnsWindow(panel: PricePanel, request: WindowRequest): ReturnsWindow {
  const { lookback, minimumHistory = Math.min(minimumHistoryDays, lookback) } = request;
  const width = panel.assets.length;
  const last = panel.days.length - 1;
  if (!(Number.isInteger(lookback) && lookback >= 2 && lookback >= minimumHistory)) {
    throw new EngineError(
      'bad-input',
      `A lookback of ${lookback} returns is too short; take at least ${Math.max(2, minimumHistory)}.`,
      { lookback, minimumHistory },
    );
  }
  const wanted = request.assets ?? panel.assets;
  const columns: number[] = [];
  const dropped: { asset: string; reason: string }[] = [];
  let start = Math.max(0, last - lookback);
  for (const asset of panel.assets) {
    if (!wanted.includes(asset)) continue;
    const column = panel.assets.indexOf(asset);
    const history = last - panel.firstRow[column];
    if (history < minimumHistory) {
      const reason = `only ${Math.max(0, history)} days of returns where ${minimumHistory} are needed`;
      dropped.push({ asset, reason });
      continue;
    }
    columns.push(column);
    start = Math.max(start, panel.firstRow[column]);
  }
  const unknown = wanted.find((asset) => !panel.assets.includes(asset));
  if (unknown !== undefined) {
    throw new EngineError('bad-input', `There are no prices of ${unknown}; leave it out.`, {
      asset: unknown,
    });
  }
  if (columns.length === 0) {
    throw new EngineError(
      'short-history',
      `No asset has ${minimumHistory} days of returns; give a longer price history.`,
      { minimumHistory, dropped },
    );
  }
  const rows = last - start;
  const n = columns.length;
  const returns = new Float64Array(rows * n);
  for (let t = 0; t < rows; t++) {
    const before = (start + t) * width;
    for (let j = 0; j < n; j++) {
      const column = columns[j];
      returns[t * n + j] =
        panel.prices[before + width + column] / panel.prices[before + column] - 1;
    }
  }
  return {
    assets: columns.map((column) => panel.assets[column]),
    returns,
    rows,
    days: panel.days.slice(start + 1),
    dropped,
  };
}
