import { PortError } from '../../bot/errors.ts';
import type { Bar, CorporateAction } from '../../bot/ports.ts';

/**
 * Bars as text: a whole history travels as one row of joined values per asset, because a row or a
 * parameter per bar would take seconds. Postgres writes the shortest digits that read back exactly.
 */
export interface SeriesText {
  readonly asset: string;
  readonly days: string;
  readonly first: string;
  readonly second: string;
  readonly third: string;
}

export function toBars(series: SeriesText): Bar[] {
  const closes = series.first.split(',');
  const opens = series.second.split(',');
  const volumes = series.third.split(',');
  return series.days.split(',').map((day, index) => ({
    asset: series.asset,
    day: Number(day),
    open: opens[index] === '' ? null : Number(opens[index]),
    close: Number(closes[index]),
    volume: volumes[index] === '' ? null : Number(volumes[index]),
  }));
}

export function toActions(series: Omit<SeriesText, 'third'>): CorporateAction[] {
  const dividends = series.first.split(',');
  const splits = series.second.split(',');
  return series.days.split(',').map((day, index) => ({
    asset: series.asset,
    day: Number(day),
    dividend: Number(dividends[index]),
    split: Number(splits[index]),
  }));
}

/** A Postgres array literal of one column. */
export function arrayText<T>(rows: readonly T[], of: (row: T) => string | number | null): string {
  const values = rows.map((row) => {
    const value = of(row);
    if (value === null) return 'NULL';
    return typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${values.join(',')}}`;
}

/** @throws {PortError} 'refused' naming the first bar or action that is not a price */
export function refuseBadPrices(bars: readonly Bar[], actions: readonly CorporateAction[]): void {
  const bar = bars.find(
    (one) =>
      !Number.isInteger(one.day) ||
      !isPrice(one.close) ||
      (one.open !== null && !isPrice(one.open)) ||
      (one.volume !== null && !(one.volume >= 0 && Number.isFinite(one.volume))),
  );
  if (bar)
    throw refused(
      `the bar of ${bar.asset} on day ${bar.day} has open ${bar.open}, close ${bar.close}, volume ${bar.volume}`,
    );
  const action = actions.find(
    (one) =>
      !Number.isInteger(one.day) ||
      !isPrice(one.split) ||
      !(one.dividend >= 0 && Number.isFinite(one.dividend)),
  );
  if (action)
    throw refused(
      `the action of ${action.asset} on day ${action.day} has dividend ${action.dividend}, split ${action.split}`,
    );
}

function isPrice(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}

function refused(what: string): PortError {
  return new PortError('store', 'refused', `Prices must be positive and finite: ${what}.`);
}
