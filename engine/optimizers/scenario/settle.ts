import { Infeasible } from '../../errors.ts';
import type { NamedRow } from '../../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import type { PortfolioProgram } from '../portfolio-program.ts';

/** A weight this near its bound, where the interior-point method stops, stands at it. */
const usual = 1e-7;

/**
 * The nearest portfolio within the limits to one that an interior-point method left just inside them:
 * what is at a bound but for rounding stands exactly there, and rows hold exactly.
 *
 * @param rows of the program, or more
 * @param near how near a bound counts as at it
 */
export function settle(
  program: Pick<PortfolioProgram, 'names' | 'lower' | 'upper'>,
  rows: readonly NamedRow[],
  weights: Float64Array,
  near = usual,
): Float64Array {
  const { lower, upper } = program;
  const settled = weights.map((w, i) =>
    w - lower[i] <= near ? lower[i] : upper[i] - w <= near ? upper[i] : w,
  );
  const loose = (i: number) => settled[i] !== lower[i] && settled[i] !== upper[i];
  const free = [...settled.keys()].filter(loose);
  const open = () =>
    nearest(
      program,
      rows,
      weights.map((w, i) => (lower[i] < upper[i] ? w : lower[i])),
      [...settled.keys()].filter((i) => lower[i] < upper[i]),
    );
  if (free.length === 0) return open();
  try {
    return nearest(program, rows, settled, free);
  } catch (error) {
    // Where all bounds are near, those that were taken for held may leave the rest no room.
    if (!(error instanceof Infeasible)) throw error;
    return open();
  }
}

/** The nearest weights that keep bounds and rows when only some of them may move. */
function nearest(
  { names, lower, upper }: Pick<PortfolioProgram, 'names' | 'lower' | 'upper'>,
  rows: readonly NamedRow[],
  weights: Float64Array,
  free: readonly number[],
): Float64Array {
  const settled = weights.slice();
  const size = free.length;
  if (size === 0) return settled;
  const quadratic = new Float64Array(size * size);
  for (let k = 0; k < size; k++) quadratic[k * size + k] = 1;
  const inside = new Uint8Array(settled.length);
  for (const i of free) inside[i] = 1;
  const found = solveQuadraticProgram({
    names: free.map((i) => names[i]),
    quadratic,
    linear: Float64Array.from(free, (i) => -settled[i]),
    lower: Float64Array.from(free, (i) => lower[i]),
    upper: Float64Array.from(free, (i) => upper[i]),
    rows: rows.flatMap((row) => {
      let still = 0;
      let size = 0;
      row.coefficients.forEach((a, i) => {
        if (inside[i] === 0) still += a * settled[i];
        else size = Math.max(size, Math.abs(a));
      });
      if (size === 0) return [];
      const coefficients = Float64Array.from(free, (i) => row.coefficients[i]);
      return [{ ...row, coefficients, lower: row.lower - still, upper: row.upper - still }];
    }),
  });
  free.forEach((i, k) => {
    settled[i] = found.x[k];
  });
  return settled;
}
