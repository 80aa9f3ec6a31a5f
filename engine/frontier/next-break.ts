import type { PortfolioProgram } from '../optimizers/portfolio-program.ts';
import { standing } from '../solvers/quadratic-program.ts';
import type { HeldLimits, Line } from './line.ts';

const { free, lower: atLower, upper: atUpper } = standing;

/** Where a line ends: the limit that is met or let go, and the risk tolerance at which. */
export interface Break {
  readonly t: number;
  /** Variable i, or n + r for a row. */
  readonly index: number;
  /** What it becomes: free, or held at a side. */
  readonly becomes: number;
}

/** Slopes below these are rounding. */
export interface Rounding {
  readonly weights: number;
  readonly prices: number;
}

/** How much more copies of an asset drift than weights that the covariance tells apart. */
const drift = 1e7;

/** What rounding makes of slopes: returns set prices moving, and returns over variance the weights. */
export function roundingOf(expectedReturns: Float64Array, largestVariance: number): Rounding {
  const prices = 1e-13 * largest(expectedReturns);
  return { prices, weights: largestVariance > 0 ? (10 * prices) / largestVariance : 0 };
}

/**
 * The first risk tolerance at or after `t` at which a free weight or row meets a limit, or the
 * multiplier of a held one reaches zero; null when there is none.
 *
 * @param rounding slopes that count as none
 * @param swapped what the last break changed: it stands at its own break and is no new one
 */
export function nextBreak(
  program: PortfolioProgram,
  held: HeldLimits,
  line: Line,
  t: number,
  swapped: number,
  rounding: Rounding,
): Break | null {
  const { lower, upper, rows } = program;
  const n = lower.length;
  const moving = leastSlope(line, rounding);
  const pricing = rounding.prices;
  let first: Break | null = null;
  const note = (at: number, index: number, becomes: number) => {
    // A break slightly behind is one that rounding has passed.
    const when = Math.max(at, t);
    if (index === swapped && when - t <= 1e-9 * (1 + t)) return;
    if (first === null || when < first.t) first = { t: when, index, becomes };
  };
  const moves = (value: number, slope: number, low: number, high: number, index: number) => {
    if (slope > moving && high < Number.POSITIVE_INFINITY)
      note((high - value) / slope, index, atUpper);
    if (slope < -moving && low > Number.NEGATIVE_INFINITY)
      note((low - value) / slope, index, atLower);
  };
  const priced = (price: number, slope: number, state: number, index: number) => {
    if (state === atLower && slope < -pricing) note(-price / slope, index, free);
    if (state === atUpper && slope > pricing) note(-price / slope, index, free);
  };
  for (let i = 0; i < n; i++) {
    const state = held.variables[i];
    if (state === free) moves(line.weights[i], line.slopes[i], lower[i], upper[i], i);
    else if (lower[i] < upper[i]) priced(line.prices[i], line.priceSlopes[i], state, i);
  }
  rows.forEach((row, r) => {
    if (row.lower === row.upper) return;
    if (held.rows[r] !== free) {
      priced(line.rowPrices[r], line.rowPriceSlopes[r], held.rows[r], n + r);
      return;
    }
    let [value, slope] = [0, 0];
    for (let i = 0; i < n; i++) {
      value += row.coefficients[i] * line.weights[i];
      slope += row.coefficients[i] * line.slopes[i];
    }
    moves(value, slope, row.lower, row.upper, n + r);
  });
  return first;
}

/** The slope above which a weight moves. */
function leastSlope(line: Line, rounding: Rounding): number {
  // Copies of an asset drift apart by what rounding divides by the little variance that splits them.
  const still = line.split ? drift * rounding.weights : rounding.weights;
  return Math.max(still, 1e-13 * largest(line.slopes));
}

/** A weight that moves without a limit on its way, on a line that nothing ends; -1 when none does. */
export function endless(held: HeldLimits, line: Line, rounding: Rounding): number {
  const moving = leastSlope(line, rounding);
  return line.slopes.findIndex(
    (slope, i) => held.variables[i] === free && Math.abs(slope) > moving,
  );
}

/** The held limits after a break. */
export function swap(held: HeldLimits, { index, becomes }: Break): HeldLimits {
  const variables = held.variables.slice();
  const rows = held.rows.slice();
  if (index < variables.length) variables[index] = becomes;
  else rows[index - variables.length] = becomes;
  return { variables, rows };
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
