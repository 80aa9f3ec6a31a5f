import { LuDecomposition, Matrix } from 'ml-matrix';
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
  at(t: number): Float64Array;
}

/** Below this share of the largest pivot a system counts as singular. */
const singular = 1e-13;
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
  const right = Matrix.zeros(size, 2);
  free.forEach((i, k) => {
    right.set(k, 0, -fixed[i]);
    right.set(k, 1, expectedReturns[i]);
  });
  active.forEach((r, a) => {
    const { coefficients } = rows[r];
    let sum = held.rows[r] === standing.upper ? rows[r].upper : rows[r].lower;
    for (let i = 0; i < n; i++) sum -= coefficients[i] * weights[i];
    right.set(free.length + a, 0, sum);
  });
  const solved = size === 0 ? right : solve(form, program, free, active, right);

  const slopes = new Float64Array(n);
  free.forEach((i, k) => {
    weights[i] = solved.get(k, 0);
    slopes[i] = solved.get(k, 1);
  });
  const rowPrices = new Float64Array(rows.length);
  const rowPriceSlopes = new Float64Array(rows.length);
  active.forEach((r, a) => {
    rowPrices[r] = solved.get(free.length + a, 0);
    rowPriceSlopes[r] = solved.get(free.length + a, 1);
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
  return { weights, slopes, prices, priceSlopes, rowPrices, rowPriceSlopes, at };
}

/** Solves for free weights and multipliers of held rows. */
function solve(
  form: QuadraticForm,
  program: PortfolioProgram,
  free: readonly number[],
  active: readonly number[],
  right: Matrix,
): Matrix {
  const size = free.length + active.length;
  const left = Matrix.zeros(size, size);
  const members = Int32Array.from(free);
  const column = new Float64Array(free.length);
  let largest = 0;
  free.forEach((j, l) => {
    form.entries(j, members, free.length, column);
    column.forEach((value, k) => {
      left.set(k, l, value);
      largest = Math.max(largest, Math.abs(value));
    });
  });
  // Rows in the unit of the covariance: one scale for every pivot.
  const scale = largest || 1;
  active.forEach((r, a) => {
    const { coefficients } = program.rows[r];
    free.forEach((i, k) => {
      left.set(k, free.length + a, -scale * coefficients[i]);
      left.set(free.length + a, k, scale * coefficients[i]);
    });
    right.set(free.length + a, 0, scale * right.get(free.length + a, 0));
  });
  let factored = new LuDecomposition(left);
  if (isSingular(factored)) {
    free.forEach((_, k) => {
      left.set(k, k, left.get(k, k) + ridge * scale);
    });
    factored = new LuDecomposition(left);
  }
  const solved = factored.solve(right);
  for (let a = free.length; a < size; a++) {
    solved.set(a, 0, scale * solved.get(a, 0));
    solved.set(a, 1, scale * solved.get(a, 1));
  }
  return solved;
}

function isSingular(factored: LuDecomposition): boolean {
  const upper = factored.upperTriangularMatrix;
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < upper.rows; i++) {
    const pivot = Math.abs(upper.get(i, i));
    least = Math.min(least, pivot);
    most = Math.max(most, pivot);
  }
  return least <= singular * most;
}
