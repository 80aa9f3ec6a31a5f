import type { PortfolioProgram } from '../optimizers/portfolio-program.ts';
import { type Solution, standing } from '../solvers/quadratic-program.ts';
import type { HeldLimits } from './line.ts';

/**
 * The limits held at a solution, with rows that are independent on its free weights. Where too many
 * limits meet in one corner the multipliers are open: along that freedom one of them reaches zero,
 * and its limit is let go without moving the solution.
 */
export function heldAt(program: PortfolioProgram, solution: Solution): HeldLimits {
  const { workingSet } = solution;
  const held = { variables: workingSet.variables.slice(), rows: workingSet.rows.slice() };
  const prices = solution.boundMultipliers.slice();
  const rowPrices = solution.rowMultipliers.slice();
  // Where bounds alone leave one portfolio, the solver needs no row to hold it; the frontier does.
  program.rows.forEach((row, r) => {
    if (row.lower === row.upper) held.rows[r] = standing.lower;
  });
  for (;;) {
    const mix = dependency(program, held);
    if (mix === null) return held;
    letGo(program, held, prices, rowPrices, mix);
  }
}

/** Numbers per row, not all zero, whose sum of rows vanishes on the free weights; null when there are none. */
function dependency(program: PortfolioProgram, held: HeldLimits): Float64Array | null {
  const { rows } = program;
  const free = [...held.variables.keys()].filter((i) => held.variables[i] === standing.free);
  const active = [...rows.keys()].filter((r) => held.rows[r] !== standing.free);
  const table = active.map((r) => Float64Array.from(free, (i) => rows[r].coefficients[i]));
  const mixes = active.map((r) => {
    const mix = new Float64Array(rows.length);
    mix[r] = 1;
    return mix;
  });
  const used = new Set<number>();
  for (const [a, row] of table.entries()) {
    let pivot = -1;
    for (let k = 0; k < row.length; k++) {
      if (!used.has(k) && Math.abs(row[k]) > (pivot < 0 ? 1e-10 : Math.abs(row[pivot]))) pivot = k;
    }
    if (pivot < 0) return mixes[a];
    used.add(pivot);
    for (let b = a + 1; b < table.length; b++) {
      const share = table[b][pivot] / row[pivot];
      if (share === 0) continue;
      for (let k = 0; k < row.length; k++) table[b][k] -= share * row[k];
      for (let r = 0; r < rows.length; r++) mixes[b][r] -= share * mixes[a][r];
    }
  }
  return null;
}

/** Moves the multipliers along a mix of rows until the first of a limit that may go reaches zero. */
function letGo(
  { rows, lower, upper }: PortfolioProgram,
  held: HeldLimits,
  prices: Float64Array,
  rowPrices: Float64Array,
  mix: Float64Array,
): void {
  const n = prices.length;
  const slopes = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let r = 0; r < rows.length; r++) slopes[i] -= mix[r] * rows[r].coefficients[i];
  let [length, index] = [Number.POSITIVE_INFINITY, -1];
  const note = (price: number, slope: number, at: number) => {
    if (Math.abs(slope) < 1e-12) return;
    const reach = -price / slope;
    if (Math.abs(reach) < Math.abs(length)) [length, index] = [reach, at];
  };
  for (let i = 0; i < n; i++)
    if (held.variables[i] !== standing.free && lower[i] < upper[i]) note(prices[i], slopes[i], i);
  rows.forEach((row, r) => {
    if (held.rows[r] !== standing.free && row.lower < row.upper) note(rowPrices[r], mix[r], n + r);
  });
  // With nothing to let go the rows repeat each other on weights that are all fixed.
  const gone = index < 0 ? n + mix.findIndex((share) => share !== 0) : index;
  if (index >= 0) {
    for (let i = 0; i < n; i++) prices[i] += length * slopes[i];
    for (let r = 0; r < rows.length; r++) rowPrices[r] += length * mix[r];
  }
  if (gone < n) held.variables[gone] = standing.free;
  else held.rows[gone - n] = standing.free;
}
