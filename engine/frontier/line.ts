import { EngineError } from '../errors.ts';
import { luSolve } from '../linalg/lu.ts';
import { product, type QuadraticForm } from '../linalg/quadratic-form.ts';
import type { PortfolioProgram } from '../optimizers/portfolio-program.ts';
import { standing } from '../solvers/quadratic-program.ts';

/** What is held at a limit: n and m codes of `standing`. */
export interface HeldLimits {
  readonly variables: Int8Array;
  readonly rows: Int8Array;
}

/** Weights and multipliers as straight lines in the risk tolerance t: value + t x slope. */
export interface Line {
  /** n numbers each. */
  readonly weights: Float64Array;
  readonly slopes: Float64Array;
  /** n: multiplier of a held bound; 0 for free weights. */
  readonly prices: Float64Array;
  readonly priceSlopes: Float64Array;
  /** m: multiplier of a held row; 0 for others. */
  readonly rowPrices: Float64Array;
  readonly rowPriceSlopes: Float64Array;
  /** Whether the free weights needed a little variance of their own to be told apart. */
  readonly split: boolean;
  at(t: number): Float64Array;
}

/** Identical assets leave their split open; this much variance of their own decides it. */
const ridge = 1e-10;

/**
 * The stationary portfolio of t x return - variance/2 for held limits, as a line in t: one system
 * with two right-hand sides.
 *
 * @param form the covariance
 * @source Markowitz (1959), appendix A
 */
export function lineOf(
  form: QuadraticForm,
  expectedReturns: Float64Array,
  program: PortfolioProgram,
  held: HeldLimits,
): Line {
  const { lower, upper, rows } = program;
  const n = program.names.length;
  const free: number[] = [];
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (held.variables[i] === standing.free) free.push(i);
    else weights[i] = held.variables[i] === standing.upper ? upper[i] : lower[i];
  }
  const active: number[] = [];
  rows.forEach((_, r) => {
    if (held.rows[r] !== standing.free) active.push(r);
  });
  const fixed = product(form, weights);
  const size = free.length + active.length;
  // Two right-hand sides: what holds at t = 0, and what each unit of t adds.
  const right = new Float64Array(2 * size);
  free.forEach((i, k) => {
    right[2 * k] = -fixed[i];
    right[2 * k + 1] = expectedReturns[i];
  });
  active.forEach((r, a) => {
    const { coefficients } = rows[r];
    let sum = held.rows[r] === standing.upper ? rows[r].upper : rows[r].lower;
    for (let i = 0; i < n; i++) sum -= coefficients[i] * weights[i];
    right[2 * (free.length + a)] = sum;
  });
  const { solved, split } =
    size === 0 ? { solved: right, split: false } : solve(form, program, free, active, right);

  const slopes = new Float64Array(n);
  free.forEach((i, k) => {
    weights[i] = solved[2 * k];
    slopes[i] = solved[2 * k + 1];
  });
  const rowPrices = new Float64Array(rows.length);
  const rowPriceSlopes = new Float64Array(rows.length);
  active.forEach((r, a) => {
    rowPrices[r] = solved[2 * (free.length + a)];
    rowPriceSlopes[r] = solved[2 * (free.length + a) + 1];
  });
  const prices = product(form, weights);
  const priceSlopes = product(form, slopes);
  for (let i = 0; i < n; i++) {
    if (held.variables[i] === standing.free) {
      prices[i] = 0;
      priceSlopes[i] = 0;
      continue;
    }
    priceSlopes[i] -= expectedReturns[i];
    for (const r of active) {
      prices[i] -= rowPrices[r] * rows[r].coefficients[i];
      priceSlopes[i] -= rowPriceSlopes[r] * rows[r].coefficients[i];
    }
  }
  const at = (t: number) => weights.map((w, i) => w + t * slopes[i]);
  return { weights, slopes, prices, priceSlopes, rowPrices, rowPriceSlopes, split, at };
}

/** Solves for free weights and multipliers of held rows; row k, column c stands at 2k + c. */
function solve(
  form: QuadraticForm,
  program: PortfolioProgram,
  free: readonly number[],
  active: readonly number[],
  right: Float64Array,
): { solved: Float64Array; split: boolean } {
  const count = free.length;
  const size = count + active.length;
  const left = new Float64Array(size * size);
  const members = Int32Array.from(free);
  const column = new Float64Array(count);
  let largest = 0;
  free.forEach((j, l) => {
    form.entries(j, members, count, column);
    column.forEach((value, k) => {
      left[k * size + l] = value;
      largest = Math.max(largest, Math.abs(value));
    });
  });
  // Rows in the unit of the covariance: one scale for every pivot.
  const scale = largest || 1;
  active.forEach((r, a) => {
    const { coefficients } = program.rows[r];
    free.forEach((i, k) => {
      left[k * size + count + a] = -scale * coefficients[i];
      left[(count + a) * size + k] = scale * coefficients[i];
    });
    right[2 * (count + a)] *= scale;
  });
  const exact = luSolve(left, size, right, 2);
  const solved = exact ?? nearly(left, size, count, scale, right);
  for (let at = 2 * count; at < 2 * size; at++) solved[at] *= scale;
  return { solved, split: exact === null };
}

/** The same with a little variance of its own for every free weight. */
function nearly(
  left: Float64Array,
  size: number,
  count: number,
  scale: number,
  right: Float64Array,
): Float64Array {
  const raised = left.slice();
  for (let k = 0; k < count; k++) raised[k * size + k] += ridge * scale;
  const solved = luSolve(raised, size, right, 2);
  if (solved !== null) return solved;
  throw new EngineError(
    'not-converged',
    'The limits held at a corner of the frontier repeat each other; check for limits that say the same.',
    { free: count, held: size - count },
  );
}
