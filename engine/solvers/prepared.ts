import { EngineError } from '../errors.ts';
import type { QuadraticProgram } from './quadratic-program.ts';

/** A checked program in the solver's own layout: dense rows scaled to a largest coefficient of 1. */
export interface Prepared {
  readonly n: number;
  readonly m: number;
  readonly quadratic: Float64Array;
  /** n, with the cost slope of kinks that lie outside the bounds added. */
  readonly linear: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** n, only meaningful where kinkSlope is positive; strictly inside the bounds there. */
  readonly kinkAt: Float64Array;
  readonly kinkSlope: Float64Array;
  /** m x n, row-major. */
  readonly rows: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** m positive numbers: original row = scale x prepared row. */
  readonly rowScale: Float64Array;
}

/**
 * Checks a program at the door and lays it out for the solver.
 *
 * @throws {EngineError} 'bad-input' naming the number that is not finite or the size that is wrong
 */
export function prepare(program: QuadraticProgram): Prepared {
  const n = program.names.length;
  const m = program.rows.length;
  const { quadratic, lower, upper, kinks } = program;
  checkSize('quadratic', quadratic, n * n);
  checkSize('linear', program.linear, n);
  checkSize('lower', lower, n);
  checkSize('upper', upper, n);
  checkFinite('quadratic', quadratic);
  checkFinite('linear', program.linear);
  for (let i = 0; i < n; i++) {
    checkSides(program.names[i], lower[i], upper[i]);
    for (let j = 0; j < i; j++) {
      const a = quadratic[i * n + j];
      const b = quadratic[j * n + i];
      if (Math.abs(a - b) > 1e-9 * (Math.abs(a) + Math.abs(b)))
        throw bad(`row ${i}, column ${j} of the matrix is ${a} but its mirror is ${b}`, { i, j });
    }
  }
  const linear = program.linear.slice();
  const kinkAt = new Float64Array(n);
  const kinkSlope = new Float64Array(n);
  if (kinks !== undefined) {
    checkSize('kinks.at', kinks.at, n);
    checkSize('kinks.slope', kinks.slope, n);
    checkFinite('kinks.at', kinks.at);
    checkFinite('kinks.slope', kinks.slope);
    for (let i = 0; i < n; i++) {
      if (kinks.slope[i] < 0)
        throw bad(`the cost of moving ${program.names[i]} is ${kinks.slope[i]}`, { i });
      // A kink outside the bounds is never crossed: there the cost is a plain slope.
      if (kinks.at[i] <= lower[i]) linear[i] += kinks.slope[i];
      else if (kinks.at[i] >= upper[i]) linear[i] -= kinks.slope[i];
      else {
        kinkAt[i] = kinks.at[i];
        kinkSlope[i] = kinks.slope[i];
      }
    }
  }
  const rows = new Float64Array(m * n);
  const rowLower = new Float64Array(m);
  const rowUpper = new Float64Array(m);
  const rowScale = new Float64Array(m);
  program.rows.forEach((row, r) => {
    checkSize(row.name, row.coefficients, n);
    checkFinite(row.name, row.coefficients);
    checkSides(row.name, row.lower, row.upper);
    let scale = 0;
    for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(row.coefficients[i]));
    // A row of zeros limits nothing but may still be impossible; it keeps scale 1.
    if (scale === 0) scale = 1;
    rowScale[r] = scale;
    rowLower[r] = row.lower / scale;
    rowUpper[r] = row.upper / scale;
    for (let i = 0; i < n; i++) rows[r * n + i] = row.coefficients[i] / scale;
  });
  return {
    n,
    m,
    quadratic,
    linear,
    lower,
    upper,
    kinkAt,
    kinkSlope,
    rows,
    rowLower,
    rowUpper,
    rowScale,
  };
}

function bad(what: string, values: Record<string, unknown>): EngineError {
  return new EngineError('bad-input', `Cannot solve: ${what}; correct it.`, values);
}

function checkSize(name: string, values: Float64Array, size: number): void {
  if (values.length !== size)
    throw bad(`${name} has ${values.length} numbers where ${size} are needed`, { name });
}

function checkFinite(name: string, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw bad(`${name} holds ${values[i]} at position ${i}`, { name, position: i });
  }
}

function checkSides(name: string, lower: number, upper: number): void {
  if (Number.isNaN(lower) || Number.isNaN(upper) || lower === Infinity || upper === -Infinity)
    throw bad(`the limits of ${name} are ${lower} and ${upper}`, { name });
}
