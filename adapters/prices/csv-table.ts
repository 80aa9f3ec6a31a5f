import { parse } from 'csv-parse/sync';
import type { Bar, CorporateAction } from '../../bot/ports.ts';

/** A price file, read: bars sorted by asset and day, and every cell that could not be used. */
export interface CsvTable {
  readonly assets: readonly string[];
  readonly bars: readonly Bar[];
  readonly actions: readonly CorporateAction[];
  readonly problems: readonly {
    readonly asset: string;
    readonly day?: number;
    readonly reason: string;
  }[];
}

/** The file as a whole cannot be used; the message says what it should look like. */
export class BadTable extends Error {
  override readonly name = 'BadTable';
}

interface Cell {
  readonly line: number;
  readonly asset: string;
  readonly day: number;
  readonly bar: Bar | null;
  readonly action: CorporateAction | null;
  /** Why there is no bar; empty for a blank cell, which is fine before the first price. */
  readonly reason: string;
}

/**
 * Reads a wide file (a date column and one column of closes per ticker) or a long one (date, symbol,
 * close and, if there are, open, volume, dividend, split). In a long file with an adjusted close but
 * neither dividends nor splits, the adjusted close is taken, so that returns are total.
 */
export function readTable(text: string): CsvTable {
  const rows = cellsOf(text);
  const head = (rows[0] ?? []).map((name) => name.trim());
  const lower = head.map((name) => name.toLowerCase().replaceAll(' ', '_'));
  if (lower[0] !== 'date') {
    throw new BadTable(
      'its first column is not called "date"; write date,SPY,AGG,... or date,symbol,close',
    );
  }
  const long = lower.some((name) => ['symbol', 'ticker', 'asset'].includes(name));
  if (!long && lower.includes('close')) {
    throw new BadTable('it has closes but does not say of what; add a column "symbol"');
  }
  if (head.length < 2) throw new BadTable('it has no price columns beside "date"');
  const days = rows.map((row, i) => (i === 0 ? Number.NaN : dayOf(row[0])));
  const bad = rows.flatMap((row, i) =>
    i > 0 && Number.isNaN(days[i])
      ? [
          {
            asset: '',
            reason: `line ${i + 1}: "${row[0].slice(0, 40)}" is not a date like 2026-05-01`,
          },
        ]
      : [],
  );
  const cells = long ? longCells(rows, days, lower) : wideCells(rows, days, head);
  const table = settle(cells);
  return { ...table, problems: [...bad, ...table.problems] };
}

function cellsOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new BadTable(
      `it is not a table of values separated by commas (${(error as Error).message})`,
    );
  }
}

function wideCells(rows: string[][], days: number[], head: readonly string[]): Cell[] {
  const cells: Cell[] = [];
  for (let i = 1; i < rows.length; i++) {
    if (Number.isNaN(days[i])) continue;
    for (let j = 1; j < head.length; j++) {
      cells.push(cell(i + 1, head[j], days[i], rows[i][j] ?? '', {}));
    }
  }
  return cells;
}

function longCells(rows: string[][], days: number[], lower: readonly string[]): Cell[] {
  const at = (...names: string[]) => lower.findIndex((name) => names.includes(name));
  const symbol = at('symbol', 'ticker', 'asset');
  const dividend = at('dividend', 'dividends', 'dividend_amount');
  const split = at('split', 'splits', 'split_coefficient');
  const adjusted = at('adjusted', 'adjusted_close', 'adj_close');
  const close = dividend < 0 && split < 0 && adjusted >= 0 ? adjusted : at('close');
  if (close < 0) throw new BadTable('it has no column "close"');
  const open = close === adjusted ? -1 : at('open');
  const volume = at('volume');
  const cells: Cell[] = [];
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i];
    if (Number.isNaN(days[i]) || !row[symbol]) continue;
    cells.push(
      cell(i + 1, row[symbol], days[i], row[close] ?? '', {
        open: row[open],
        volume: row[volume],
        dividend: row[dividend],
        split: row[split],
      }),
    );
  }
  return cells;
}

function cell(
  line: number,
  asset: string,
  day: number,
  written: string,
  rest: { open?: string; volume?: string; dividend?: string; split?: string },
): Cell {
  const close = written === '' ? Number.NaN : Number(written);
  const good = close > 0 && Number.isFinite(close);
  const number = (value: string | undefined) =>
    value === undefined || value === '' || !Number.isFinite(Number(value)) ? null : Number(value);
  const open = number(rest.open);
  const dividend = number(rest.dividend) ?? 0;
  const split = number(rest.split) ?? 1;
  const action =
    dividend > 0 || (split !== 1 && split > 0) ? { asset, day, dividend, split } : null;
  return {
    line,
    asset,
    day,
    bar: good
      ? {
          asset,
          day,
          open: open !== null && open > 0 ? open : null,
          close,
          volume: number(rest.volume),
        }
      : null,
    action,
    reason:
      good || written === ''
        ? ''
        : `line ${line}: "${written.slice(0, 40)}" is not a price above zero`,
  };
}

/** Sorts, keeps the first of repeated days, and tells gaps inside a history from the time before it. */
function settle(cells: readonly Cell[]): CsvTable {
  const byAsset = Map.groupBy(cells, (one) => one.asset);
  const bars: Bar[] = [];
  const actions: CorporateAction[] = [];
  const problems: { asset: string; day?: number; reason: string }[] = [];
  for (const [asset, found] of byAsset) {
    const late = found.find((one, i) => i > 0 && one.day < found[i - 1].day);
    if (late) {
      problems.push({
        asset,
        day: late.day,
        reason: `line ${late.line}: earlier than the line before; sorted`,
      });
    }
    const sorted = [...found].sort((a, b) => a.day - b.day || a.line - b.line);
    const firstDay = sorted.find((one) => one.bar)?.day ?? Number.POSITIVE_INFINITY;
    const lastDay = sorted.findLast((one) => one.bar)?.day ?? Number.NEGATIVE_INFINITY;
    let before: Cell | null = null;
    for (const one of sorted) {
      const { line, day } = one;
      if (before && before.day === day && before.bar && one.bar) {
        problems.push({
          asset,
          day,
          reason: `line ${line}: ${asset} stands twice on this day; line ${before.line} is used`,
        });
        continue;
      }
      if (one.bar) bars.push(one.bar);
      else if (one.reason) problems.push({ asset, day, reason: one.reason });
      else if (day > firstDay && day < lastDay)
        problems.push({ asset, day, reason: `line ${line}: no price` });
      if (one.action) actions.push(one.action);
      if (one.bar) before = one;
    }
  }
  return { assets: [...byAsset.keys()], bars, actions, problems };
}

function dayOf(written: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})($|[T ])/.exec(written ?? '');
  if (!match) return Number.NaN;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const ms = Date.UTC(year, month - 1, date);
  // 2026-02-31 would roll over into March.
  return new Date(ms).getUTCDate() === date ? ms / 86_400_000 : Number.NaN;
}
