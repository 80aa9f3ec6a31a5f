import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { formatPercent } from '../language/format.ts';

/** The fund whose returns tell what cash earns. */
const BILLS = 'BIL';

/** What cash earns, per year. */
export interface CashRate {
  /** Growth over the past year of the Treasury bill fund, or the setting where prices hold none. */
  readonly rate: number;
  /** Said when the rate is assumed. */
  readonly remark: string | null;
}

/** @param setting per year, for prices without a year of the Treasury bill fund */
export function cashRateOf(window: PricePanel, setting: number): CashRate {
  const column = window.assets.indexOf(BILLS);
  const last = window.days.length - 1;
  const from = last - tradingDaysPerYear;
  if (column < 0 || from < window.firstRow[column]) {
    return {
      rate: setting,
      remark: `Cash is assumed to earn ${formatPercent(setting)} a year.`,
    };
  }
  const price = (row: number) => window.prices[row * window.assets.length + column];
  return { rate: price(last) / price(from) - 1, remark: null };
}

/**
 * The mean daily return of cash since a row, per year, as sample means of assets are counted; null
 * where prices do not tell.
 */
export function pastCashRate(window: PricePanel, since: number): number | null {
  const column = window.assets.indexOf(BILLS);
  if (column < 0) return null;
  const first = Math.max(since, window.firstRow[column]);
  const rows = window.days.length - 1 - first;
  if (rows < tradingDaysPerYear) return null;
  let sum = 0;
  for (let row = first + 1; row <= first + rows; row++) sum += returnAt(window, column, row);
  return (sum / rows) * tradingDaysPerYear;
}

/** What cash earned from each row's day before: the bill fund's own return, the setting before it. */
export function cashReturnsOf(panel: PricePanel, setting: number): Float64Array {
  const column = panel.assets.indexOf(BILLS);
  const assumed = (1 + setting) ** (1 / tradingDaysPerYear) - 1;
  return Float64Array.from(panel.days, (_, row) =>
    column < 0 || row <= panel.firstRow[column] ? assumed : returnAt(panel, column, row),
  );
}

/** The first row on which prices tell what cash earned; null when they never do. */
export function cashKnownFrom(panel: PricePanel): number | null {
  const column = panel.assets.indexOf(BILLS);
  return column < 0 ? null : panel.firstRow[column] + 1;
}

function returnAt({ assets, prices }: PricePanel, column: number, row: number): number {
  const n = assets.length;
  return prices[row * n + column] / prices[(row - 1) * n + column] - 1;
}
