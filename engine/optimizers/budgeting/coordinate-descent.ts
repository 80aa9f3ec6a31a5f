import type { Slopes } from './slopes.ts';

/** Where coordinate descent came to rest. */
export interface Descent {
  /** m weights. */
  readonly x: Float64Array;
  readonly sweeps: number;
  /** False when it moved too slowly to be worth waiting for. */
  readonly settled: boolean;
}

/** A change this small, relative to the weight, is rounding. */
const still = 1e-13;
/** Sweeps after which it counts as slow. */
const mostSweeps = 400;

/**
 * Minimises x'Qx/2 - strength x sum of b_i ln x_i within bounds, one coordinate after another: each
 * step solves its own quadratic equation and is cut to the bounds, which is exact because both the
 * logarithms and the bounds are of single coordinates.
 *
 * Without bounds the minimiser's length is known (x'Qx = strength), so each sweep ends by scaling.
 *
 * @param slopes of m weights, their variances positive
 * @param budgets m positive numbers that sum to 1
 * @param start m positive numbers, overwritten
 * @param bounds m and m numbers; none when absent
 * @param most sweeps
 * @source Griveau-Billion, Richard and Roncalli (2013)
 */
export function coordinateDescent(
  slopes: Slopes,
  budgets: Float64Array,
  strength: number,
  start: Float64Array,
  bounds?: { readonly lower: Float64Array; readonly upper: Float64Array },
  most = mostSweeps,
): Descent {
  const m = budgets.length;
  const x = start;
  const { diagonal } = slopes;
  let before = Infinity;
  let stuck = 0;
  for (let sweep = 1; sweep <= most; sweep++) {
    // Recomputed every few sweeps, so that rounding does not gather.
    if (sweep % 8 === 1) slopes.refresh(x);
    let change = 0;
    for (let i = 0; i < m; i++) {
      const own = diagonal[i];
      const rest = slopes.at(i) - own * x[i];
      const product = strength * budgets[i];
      const root = Math.sqrt(rest * rest + 4 * own * product);
      let next = rest > 0 ? (2 * product) / (rest + root) : (root - rest) / (2 * own);
      if (bounds !== undefined) {
        if (next < bounds.lower[i]) next = bounds.lower[i];
        else if (next > bounds.upper[i]) next = bounds.upper[i];
      }
      const move = next - x[i];
      if (move === 0) continue;
      const relative = Math.abs(move) / next;
      if (relative > change) change = relative;
      x[i] = next;
      slopes.move(i, move);
    }
    if (bounds === undefined) {
      let square = 0;
      for (let i = 0; i < m; i++) square += x[i] * slopes.at(i);
      const scale = Math.sqrt(strength / square);
      if (!(scale > 0 && scale < Infinity)) return { x, sweeps: sweep, settled: false };
      for (let i = 0; i < m; i++) x[i] *= scale;
      slopes.scale(scale);
    }
    if (change <= still) return { x, sweeps: sweep, settled: true };
    // Near rounding it no longer improves; that is as still as it gets.
    stuck = change >= before ? stuck + 1 : 0;
    if (change < 1e-11 && stuck >= 2) return { x, sweeps: sweep, settled: true };
    before = change;
  }
  return { x, sweeps: most, settled: false };
}
