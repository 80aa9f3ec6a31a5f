import type { QuadraticProgram, Solution } from '../../solvers/quadratic-program.ts';
import type { PortfolioProgram } from '../portfolio-program.ts';

type Linear = Omit<QuadraticProgram, 'quadratic'>;
type Read = Pick<Solution, 'x' | 'residual' | 'boundMultipliers' | 'rowMultipliers'>;

/**
 * A program with halfWidth'|w| added to what is made small. A weight that cannot change sign has a
 * plain slope; one that can gets a variable for its size, at least w and at least -w.
 *
 * @param linear n slopes of the objective without it
 * @returns the program, and how to read its solution as one of the n weights
 */
export function boxedProgram(
  program: PortfolioProgram,
  linear: Float64Array,
  halfWidth: Float64Array,
): { readonly program: Linear; readonly solution: (solution: Solution) => Read } {
  const n = linear.length;
  const both: number[] = [];
  const slopes = linear.slice();
  for (let i = 0; i < n; i++) {
    if (program.lower[i] >= 0) slopes[i] += halfWidth[i];
    else if (program.upper[i] <= 0) slopes[i] -= halfWidth[i];
    else if (halfWidth[i] > 0) both.push(i);
  }
  const m = both.length;
  const widened = (values: Float64Array, beyond: number) => {
    const wide = new Float64Array(n + m).fill(beyond);
    wide.set(values);
    return wide;
  };
  const sizes = both.flatMap((i, k) =>
    [1, -1].map((sign) => {
      const coefficients = new Float64Array(n + m);
      coefficients[n + k] = 1;
      coefficients[i] = -sign;
      return {
        name: `size of ${program.names[i]}`,
        coefficients,
        lower: 0,
        upper: Number.POSITIVE_INFINITY,
      };
    }),
  );
  const wideSlopes = widened(slopes, 0);
  both.forEach((i, k) => {
    wideSlopes[n + k] = halfWidth[i];
  });
  const { kinks } = program;
  return {
    program: {
      names: [...program.names, ...both.map((i) => `size of ${program.names[i]}`)],
      lower: widened(program.lower, 0),
      upper: widened(program.upper, Number.POSITIVE_INFINITY),
      rows: [
        ...program.rows.map((row) => ({ ...row, coefficients: widened(row.coefficients, 0) })),
        ...sizes,
      ],
      linear: wideSlopes,
      ...(kinks === undefined
        ? {}
        : { kinks: { at: widened(kinks.at, 0), slope: widened(kinks.slope, 0) } }),
    },
    solution: ({ x, residual, boundMultipliers, rowMultipliers }) => ({
      x: x.slice(0, n),
      residual,
      boundMultipliers: boundMultipliers.slice(0, n),
      rowMultipliers: rowMultipliers.slice(0, program.rows.length),
    }),
  };
}
