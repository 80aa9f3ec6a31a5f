import { EngineError } from '../errors.ts';
import type { Sides } from './prepared.ts';
import { standing } from './quadratic-program.ts';

/** A point within all limits with a working set whose rows are independent, or the proof of none. */
export type FeasiblePoint =
  | {
      readonly feasible: true;
      readonly x: Float64Array;
      readonly variables: Int8Array;
      readonly rows: Int8Array;
      readonly iterations: number;
    }
  | {
      readonly feasible: false;
      /**
       * n + m numbers that add variables and activities up to nothing, whatever x is, while the lower
       * sides of those with a positive number and the upper sides of the others add up to more.
       */
      readonly combination: Float64Array;
    };

/** By how much a found point may miss a row, relative. */
export const feasibility = 1e-11;

/**
 * Finds a vertex of the limits by the bounded simplex method on the sum of infeasibilities. Each row
 * gets a variable of its own (its activity), so that every limit is a bound. When no point exists,
 * the final prices combine the involved limits into a contradiction (Farkas).
 *
 * @param near n numbers; a variable outside the basis starts at the bound nearest to it
 * @source Maros (2003), chapter 9, with Bland's rule when progress stalls
 */
export function feasiblePoint(sides: Sides, near: Float64Array): FeasiblePoint {
  const { n, m } = sides;
  const table = sides.rows.slice();
  // Variable k < n is x_k, n + r is the activity of row r.
  const basic = Int32Array.from({ length: m }, (_, r) => n + r);
  const outside = Int32Array.from({ length: n }, (_, j) => j);
  const low = (k: number) => (k < n ? sides.lower[k] : sides.rowLower[k - n]);
  const high = (k: number) => (k < n ? sides.upper[k] : sides.rowUpper[k - n]);
  const at = new Float64Array(n);
  for (let j = 0; j < n; j++) at[j] = nearest(low(j), high(j), near[j]);
  const value = new Float64Array(m);
  const want = new Int8Array(m);
  const price = new Float64Array(n);
  let stalls = 0;
  let previous = Infinity;
  for (let iteration = 0; ; iteration++) {
    let total = 0;
    price.fill(0);
    for (let r = 0; r < m; r++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += table[r * n + j] * at[j];
      value[r] = sum;
      const room = feasibility * Math.max(1, Math.abs(sum));
      const below = low(basic[r]) - sum;
      const above = sum - high(basic[r]);
      want[r] = below > room ? 1 : above > room ? -1 : 0;
      if (want[r] !== 0) {
        total += Math.max(below, above);
        for (let j = 0; j < n; j++) price[j] += want[r] * table[r * n + j];
      }
    }
    if (total === 0) return vertex(sides, basic, outside, at, value, iteration);
    stalls = total < previous * (1 - 1e-12) ? 0 : stalls + 1;
    previous = total;
    const bland = stalls > 3;
    let entering = -1;
    let best = 1e-9;
    for (let j = 0; j < n; j++) {
      const k = outside[j];
      const up = price[j] > 0;
      if (Math.abs(price[j]) <= best || (up ? at[j] >= high(k) : at[j] <= low(k))) continue;
      if (bland && entering >= 0 && k > outside[entering]) continue;
      entering = j;
      if (!bland) best = Math.abs(price[j]);
    }
    if (entering < 0)
      return { feasible: false, combination: combine(n, basic, outside, want, price) };
    if (iteration > 50 * (n + m) + 100) throw stuck(iteration);
    const direction = price[entering] > 0 ? 1 : -1;
    const k = outside[entering];
    let step = high(k) - low(k);
    let leaving = -1;
    let target = 0;
    for (let r = 0; r < m; r++) {
      const rate = direction * table[r * n + entering];
      if (Math.abs(rate) < 1e-10) continue;
      // An infeasible activity stops at the side it violates; one moving away from it never stops.
      const side =
        want[r] === 0
          ? rate > 0
            ? high(basic[r])
            : low(basic[r])
          : want[r] * rate > 0
            ? rate > 0
              ? low(basic[r])
              : high(basic[r])
            : Infinity;
      if (!Number.isFinite(side)) continue;
      const reach = Math.max(0, (side - value[r]) / rate);
      const tie = leaving >= 0 && Math.abs(reach - step) <= 1e-13;
      const preferred = tie
        ? bland
          ? basic[r] < basic[leaving]
          : Math.abs(rate) > Math.abs(table[leaving * n + entering])
        : reach < step;
      if (preferred) {
        step = reach;
        leaving = r;
        target = side;
      }
    }
    if (leaving < 0) {
      if (step === Infinity) throw stuck(iteration);
      at[entering] = direction > 0 ? high(k) : low(k);
    } else {
      pivot(table, n, m, leaving, entering);
      outside[entering] = basic[leaving];
      basic[leaving] = k;
      at[entering] = target;
    }
  }
}

function stuck(iterations: number): EngineError {
  return new EngineError(
    'not-converged',
    'The search for a point within the limits made no progress; rescale the limits.',
    { iterations },
  );
}

function nearest(lower: number, upper: number, wish: number): number {
  if (lower === -Infinity && upper === Infinity) return 0;
  if (lower === -Infinity) return upper;
  if (upper === Infinity) return lower;
  return Math.abs(wish - lower) <= Math.abs(upper - wish) ? lower : upper;
}

/** Swaps the variable of row `r` with the one of column `e`. */
function pivot(table: Float64Array, n: number, m: number, r: number, e: number): void {
  const head = r * n;
  const inverse = 1 / table[head + e];
  for (let j = 0; j < n; j++) table[head + j] *= -inverse;
  table[head + e] = inverse;
  for (let i = 0; i < m; i++) {
    const factor = table[i * n + e];
    if (i === r || factor === 0) continue;
    table[i * n + e] = 0;
    for (let j = 0; j < n; j++) table[i * n + j] += factor * table[head + j];
  }
}

function vertex(
  sides: Sides,
  basic: Int32Array,
  outside: Int32Array,
  at: Float64Array,
  value: Float64Array,
  iterations: number,
): FeasiblePoint {
  const { n, m } = sides;
  const x = new Float64Array(n);
  const variables = new Int8Array(n);
  const rows = new Int8Array(m);
  for (let j = 0; j < n; j++) {
    const k = outside[j];
    const lower = k < n ? sides.lower[k] : sides.rowLower[k - n];
    const upper = k < n ? sides.upper[k] : sides.rowUpper[k - n];
    const state =
      at[j] === lower ? standing.lower : at[j] === upper ? standing.upper : standing.free;
    if (k < n) {
      x[k] = at[j];
      variables[k] = state;
    } else rows[k - n] = state;
  }
  for (let r = 0; r < m; r++) {
    const k = basic[r];
    if (k < n) x[k] = Math.min(Math.max(value[r], sides.lower[k]), sides.upper[k]);
  }
  return { feasible: true, x, variables, rows, iterations };
}

function combine(
  n: number,
  basic: Int32Array,
  outside: Int32Array,
  want: Int8Array,
  price: Float64Array,
): Float64Array {
  const combination = new Float64Array(n + basic.length);
  for (let r = 0; r < basic.length; r++) combination[basic[r]] = want[r];
  for (let j = 0; j < n; j++) if (Math.abs(price[j]) > 1e-9) combination[outside[j]] = -price[j];
  return combination;
}
