import { EngineError } from './errors.ts';

/**
 * Total-return prices, row-major days x assets, so that the past is a zero-copy prefix.
 *
 * A cell before an asset's first row is NaN and is never read; from its first row on every cell is
 * finite and positive. `days` are UTC day numbers (days since 1970-01-01), strictly rising.
 */
export interface PricePanel {
  readonly assets: readonly string[];
  readonly days: Int32Array;
  /** days.length x assets.length, in the asset's currency. */
  readonly prices: Float64Array;
  /** Per asset, the first row with a price. */
  readonly firstRow: Int32Array;
}

/**
 * Builds a panel and checks it at the door: sizes agree, days rise, and every cell from an asset's
 * first row on is finite and positive.
 *
 * @param assets n symbols, unique
 * @param days m UTC day numbers, strictly rising
 * @param prices m x n row-major; NaN only before an asset's first price
 * @throws {EngineError} 'bad-panel' with the asset and day of the first offending cell
 */
export function pricePanel(
  assets: readonly string[],
  days: Int32Array,
  prices: Float64Array,
): PricePanel {
  const n = assets.length;
  const m = days.length;
  if (n === 0 || m === 0)
    throw new EngineError('bad-panel', 'The panel is empty; give it prices.', {});
  if (prices.length !== n * m) {
    throw new EngineError(
      'bad-panel',
      `The panel has ${prices.length} prices for ${m} days and ${n} assets; give ${n * m}.`,
      {
        prices: prices.length,
        days: m,
        assets: n,
      },
    );
  }
  if (new Set(assets).size !== n) {
    const duplicate = assets.find((a, i) => assets.indexOf(a) !== i)!;
    throw new EngineError('bad-panel', `${duplicate} stands twice in the panel; keep one column.`, {
      asset: duplicate,
    });
  }
  for (let t = 1; t < m; t++) {
    if (days[t] <= days[t - 1]) {
      throw new EngineError(
        'bad-panel',
        `Day ${days[t]} does not follow day ${days[t - 1]}; sort the days and drop repeats.`,
        { day: days[t] },
      );
    }
  }
  const firstRow = new Int32Array(n);
  for (let j = 0; j < n; j++) {
    let t = 0;
    while (t < m && Number.isNaN(prices[t * n + j])) t++;
    if (t === m)
      throw new EngineError('bad-panel', `${assets[j]} has no price at all; drop it.`, {
        asset: assets[j],
      });
    firstRow[j] = t;
    for (; t < m; t++) {
      const p = prices[t * n + j];
      if (!(p > 0 && p < Infinity)) {
        throw new EngineError(
          'bad-panel',
          `${assets[j]} has price ${p} on day ${days[t]}; fill or drop it by a named rule first.`,
          { asset: assets[j], day: days[t], price: p },
        );
      }
    }
  }
  return { assets, days, prices, firstRow };
}

/**
 * The first `rows` days of a panel, sharing its memory: what a strategy may see. An asset that is
 * not listed yet has `firstRow` equal to `rows`, so not even its coming listing day is told.
 *
 * @param rows 1 to panel.days.length
 * @throws {EngineError} 'bad-panel' when rows is out of range
 */
export function past(panel: PricePanel, rows: number): PricePanel {
  if (!Number.isInteger(rows) || rows < 1 || rows > panel.days.length) {
    throw new EngineError('bad-panel', `Cannot take ${rows} of ${panel.days.length} days.`, {
      rows,
    });
  }
  const n = panel.assets.length;
  return {
    assets: panel.assets,
    days: panel.days.subarray(0, rows),
    prices: panel.prices.subarray(0, rows * n),
    firstRow: panel.firstRow.map((row) => Math.min(row, rows)),
  };
}

/**
 * Some columns of a panel from a row on, as a panel of their own.
 *
 * @param columns of the panel, in the order wanted
 * @param from 0 to panel.days.length - 1
 * @throws {EngineError} 'bad-panel' when no column is left or the row is out of range
 */
export function cut(panel: PricePanel, columns: readonly number[], from = 0): PricePanel {
  const n = panel.assets.length;
  const m = panel.days.length - from;
  if (columns.length === 0 || from < 0 || m < 1) {
    throw new EngineError('bad-panel', 'Nothing of the panel is left; keep an asset and a day.', {
      columns: columns.length,
      from,
    });
  }
  const prices = new Float64Array(m * columns.length);
  for (let t = 0; t < m; t++) {
    for (let k = 0; k < columns.length; k++) {
      prices[t * columns.length + k] = panel.prices[(from + t) * n + columns[k]];
    }
  }
  return {
    assets: columns.map((column) => panel.assets[column]),
    days: panel.days.slice(from),
    prices,
    firstRow: Int32Array.from(columns, (column) => Math.max(0, panel.firstRow[column] - from)),
  };
}

/**
 * The column of an asset.
 *
 * @throws {EngineError} 'bad-panel' when the panel does not have it
 */
export function columnOf(panel: PricePanel, asset: string): number {
  const column = panel.assets.indexOf(asset);
  if (column < 0) {
    throw new EngineError('bad-panel', `${asset} is not in the panel; add its prices.`, { asset });
  }
  return column;
}

/**
 * The last row whose day is not after `day`; -1 when the panel starts later.
 *
 * @param day UTC day number
 */
export function rowOnOrBefore(panel: PricePanel, day: number): number {
  let low = 0;
  let high = panel.days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (panel.days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Prices of one asset from its first row on.
 *
 * @returns days.length - firstRow prices, a copy
 * @throws {EngineError} 'bad-panel' when the panel does not have the asset
 */
export function pricesOf(panel: PricePanel, asset: string): Float64Array {
  const column = columnOf(panel, asset);
  const n = panel.assets.length;
  const first = panel.firstRow[column];
  const prices = new Float64Array(Math.max(0, panel.days.length - first));
  for (let i = 0; i < prices.length; i++) prices[i] = panel.prices[(first + i) * n + column];
  return prices;
}
