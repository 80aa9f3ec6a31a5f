import { readNumeral } from './numerals.ts';

/** Which column holds what; -1 where there is none. */
export interface Columns {
  readonly symbol: number;
  readonly units: number;
  readonly value: number;
  readonly currency: number;
  /** Whether the first row is a header. */
  readonly header: boolean;
}

const titles = {
  symbol:
    'symbol ticker asset instrument security fund holding coin code tickersymbol assetsymbol investment product',
  units:
    'units shares quantity qty number count position amount balance noofshares numberofshares sharesowned unitsheld holdings',
  value:
    'value marketvalue totalvalue currentvalue worth total valueusd marketvalueusd amountusd usd equity currentbalance',
  currency: 'currency ccy cur',
} as const;

const byTitle = new Map(
  Object.entries(titles).flatMap(([column, words]) =>
    words.split(' ').map((word) => [word, column as keyof typeof titles] as const),
  ),
);

/** Finds the columns by their titles, or without a header by what the cells look like. */
export function columnsOf(rows: readonly (readonly string[])[]): Columns | null {
  const first = rows[0];
  const named = first.map((cell) => byTitle.get(cell.toLowerCase().replace(/[^a-z]/g, '')));
  const hasNumber = first.some((cell) => isNumber(cell));
  if (!hasNumber && named.some((column) => column !== undefined)) {
    // "Symbol" before "Fund name": the first title of its kind counts, and a name serves if all else fails.
    const symbol = named.indexOf('symbol');
    const name = first.findIndex((cell) => /^\s*(?:name|description)\s*$/i.test(cell));
    const columns = {
      symbol: symbol >= 0 ? symbol : name,
      units: named.indexOf('units'),
      value: named.indexOf('value'),
      currency: named.indexOf('currency'),
      header: true,
    };
    return columns.symbol >= 0 && (columns.units >= 0 || columns.value >= 0) ? columns : null;
  }
  const row = hasNumber ? first : rows[1];
  if (!row) return null;
  const units = row.findIndex((cell) => isNumber(cell));
  const symbol = row.findIndex((cell) => cell.trim() !== '' && !isNumber(cell));
  if (units < 0 || symbol < 0) return null;
  return { symbol, units, value: -1, currency: -1, header: !hasNumber };
}

/** Whether a cell is a number, with or without a sign of money. */
export function isNumber(cell: string): boolean {
  const bare = cell.trim().replace(/^[-+]?[$€£]?\s?[-+]?/, '');
  return /^[\d.]/.test(bare) && readNumeral(bare.replace(/[\s%]/g, '')).state !== 'bad';
}
