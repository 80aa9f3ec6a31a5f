import type { NamedRow, QuadraticProgram, Solution } from '../../solvers/quadratic-program.ts';
import type { TradeSpace } from './trade-space.ts';

/** A program in other units, and the way back. */
export interface Rescaled {
  readonly program: QuadraticProgram;
  readonly back: (solution: Solution) => Solution;
}

/**
 * A trade near 0 bends the 3/2 power without bound, and one such element would drown the scale of all
 * others. Such trades are therefore solved in a smaller unit, counted from where they begin, in which
 * none bends more than the covariance does.
 *
 * @param curvature the program's matrix, size x size
 * @param bend the largest element of the matrix without the powers
 */
export function rescaled(
  program: QuadraticProgram,
  curvature: Float64Array,
  space: TradeSpace,
  bend: number,
): Rescaled {
  const { size } = space;
  const unit = new Float64Array(size).fill(1);
  const from = new Float64Array(size);
  let any = false;
  for (let a = 0; a < size; a++) {
    const own = curvature[a * size + a];
    if (!(space.powerScale[a] > 0 && own > 4 * bend && bend > 0)) continue;
    unit[a] = Math.sqrt(bend / own);
    from[a] = space.powerAt[a];
    any = true;
  }
  if (!any) return { program, back: (solution) => solution };
  const quadratic = new Float64Array(size * size);
  const linear = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    let shift = program.linear[a];
    for (let b = 0; b < size; b++) {
      const value = curvature[a * size + b];
      quadratic[a * size + b] = unit[a] * unit[b] * value;
      shift += value * from[b];
    }
    linear[a] = unit[a] * shift;
  }
  const inner = (values: Float64Array) => values.map((v, a) => (v - from[a]) / unit[a]);
  const rows = program.rows.map((row): NamedRow => {
    const offset = row.coefficients.reduce((sum, v, a) => sum + v * from[a], 0);
    const coefficients = row.coefficients.map((v, a) => v * unit[a]);
    return { ...row, coefficients, lower: row.lower - offset, upper: row.upper - offset };
  });
  const { kinks } = program;
  const costs = kinks && {
    kinks: { at: inner(kinks.at), slope: kinks.slope.map((v, a) => v * unit[a]) },
  };
  const lower = inner(program.lower);
  const upper = inner(program.upper);
  return {
    program: { names: program.names, quadratic, linear, lower, upper, rows, ...costs },
    back: (solution) => ({
      ...solution,
      x: solution.x.map((v, a) => from[a] + unit[a] * v),
      boundMultipliers: solution.boundMultipliers.map((v, a) => v / unit[a]),
      costMultipliers: solution.costMultipliers.map((v, a) => v / unit[a]),
    }),
  };
}
