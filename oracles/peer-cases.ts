import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dayNumber } from '../engine/calendar.ts';

/** How near an answer must come. */
export interface PeerTolerance {
  readonly kind: 'abs' | 'rel' | 'exact';
  /** Absent when exact. */
  readonly value: number;
}

/** What another optimizer answered on given data: method, settings, expected. */
export interface PeerCase<Settings = Record<string, unknown>, Expected = unknown> {
  readonly id: string;
  readonly library: string;
  /** Relative to the oracles' folder, for {@link peerPrices}; 'inline' when the settings hold all. */
  readonly data_file: string;
  readonly method: string;
  readonly settings: Settings;
  readonly expected: Expected;
  /** Nearer the true optimum than `expected` where both stand and differ. */
  readonly observed: Expected | null;
  /** The one to meet. */
  readonly tolerance_suggested: PeerTolerance;
  readonly reference_weights: Readonly<Record<string, number>> | null;
  readonly source: string;
  readonly note: string | null;
}

/** Prices as in a file: NaN where a cell is empty, leading ones kept. */
export interface PeerPrices {
  readonly names: readonly string[];
  /** UTC day numbers. */
  readonly days: Int32Array;
  /** days x names, row-major. */
  readonly prices: Float64Array;
}

/** Simple returns, NaN where either price is missing. */
export interface PeerReturns {
  readonly names: readonly string[];
  /** UTC day number of each return, that of its later price. */
  readonly days: Int32Array;
  readonly rows: number;
  /** rows x names, row-major. */
  readonly returns: Float64Array;
}

const folder = new URL('../../shared/oracles/', import.meta.url);
const file = new URL('peer_cases.json', folder);

/** False on a machine without ../shared/oracles; tests that need them skip and say so. */
export const peerCasesPresent = existsSync(file);

let cases: ReadonlyMap<string, PeerCase> | undefined;

/** Every peer case, by id; empty when the file is absent. */
export function peerCases(): ReadonlyMap<string, PeerCase> {
  if (cases === undefined) {
    const list: PeerCase[] = peerCasesPresent ? JSON.parse(readFileSync(file, 'utf8')) : [];
    cases = new Map(list.map((one) => [one.id, one]));
  }
  return cases;
}

/** The case of an id; an unknown id is a mistake in the test and throws. */
export function peerCase<Settings = Record<string, unknown>, Expected = unknown>(
  id: string,
): PeerCase<Settings, Expected> {
  const found = peerCases().get(id);
  if (found === undefined)
    throw new Error(`No peer case ${id} in ../shared/oracles/peer_cases.json; check the id.`);
  return found as PeerCase<Settings, Expected>;
}

const read = new Map<string, PeerPrices>();

/**
 * Prices of a data file, e.g. 'data/pypfopt/stock_prices.csv', or its gzipped form. Read once.
 *
 * @param dataFile relative to the oracles' folder; a case that names two joins them by ' + '
 */
export function peerPrices(dataFile: string): PeerPrices {
  const known = read.get(dataFile);
  if (known !== undefined) return known;
  const bytes = readFileSync(new URL(dataFile, folder));
  const text = (dataFile.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [head, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = head.split(',').slice(1);
  const n = names.length;
  const days = new Int32Array(lines.length);
  const prices = new Float64Array(lines.length * n);
  lines.forEach((line, t) => {
    const cells = line.split(',');
    const [year, month, day] = cells[0].split('-').map(Number);
    days[t] = dayNumber(year, month, day);
    for (let j = 0; j < n; j++) {
      const cell = cells[j + 1] ?? '';
      prices[t * n + j] = cell === '' ? Number.NaN : Number(cell);
    }
  });
  const found = { names, days, prices };
  read.set(dataFile, found);
  return found;
}

/** Columns by name, in that order, and rows from a day on, of prices or of a tail of them. */
export function selectPrices(
  from: PeerPrices,
  request: { readonly names?: readonly string[]; readonly since?: number; readonly last?: number },
): PeerPrices {
  const { names = from.names, since = Number.NEGATIVE_INFINITY, last = Infinity } = request;
  const columns = names.map((name) => from.names.indexOf(name));
  const missing = columns.indexOf(-1);
  if (missing >= 0) throw new Error(`There are no prices of ${names[missing]} in this file.`);
  const start = from.days.findIndex((day) => day >= since);
  const first = Math.max(start < 0 ? from.days.length : start, from.days.length - last);
  const width = from.names.length;
  const days = from.days.slice(first);
  const prices = new Float64Array(days.length * names.length);
  for (let t = 0; t < days.length; t++) {
    for (let k = 0; k < names.length; k++)
      prices[t * names.length + k] = from.prices[(first + t) * width + columns[k]];
  }
  return { names, days, prices };
}

/**
 * Simple returns day on day. Rows in which every return is missing are dropped, as the peers do; the
 * rest keep NaN where a price is missing. A file without gaps gives one row fewer than prices.
 */
export function simpleReturns(from: PeerPrices): PeerReturns {
  const { names, days, prices } = from;
  const n = names.length;
  const kept: number[] = [];
  const returns = new Float64Array(Math.max(0, days.length - 1) * n);
  for (let t = 1; t < days.length; t++) {
    const to = kept.length * n;
    let present = 0;
    for (let j = 0; j < n; j++) {
      const value = prices[t * n + j] / prices[(t - 1) * n + j] - 1;
      returns[to + j] = value;
      if (!Number.isNaN(value)) present++;
    }
    if (present > 0) kept.push(t);
  }
  const rows = kept.length;
  return {
    names,
    days: Int32Array.from(kept, (t) => days[t]),
    rows,
    returns: returns.slice(0, rows * n),
  };
}
