import { EngineError } from '../errors.ts';
import type { QuadraticForm } from '../linalg/quadratic-form.ts';
import { checkFactors, checkSymmetric, formOf } from '../linalg/symmetric-matrix.ts';
import type { QuadraticProgram } from './quadratic-program.ts';

/** A checked program in the solver's own layout: dense rows scaled to a largest coefficient of 1. */
export interface Prepared {
  readonly n: number;
  readonly m: number;
  readonly form: QuadraticForm;
  /** n, with the cost slope of kinks that lie outside the bounds added. */
  readonly linear: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** n, only meaningful where kinkSlope is positive; strictly inside the bounds there. */
  readonly kinkAt: Float64Array;
  readonly kinkSlope: Float64Array;
  /** m x n, row-major. */
  readonly rows: Float64Array;
  /** Per row the places of its coefficients; null where most are not 0. */
  readonly places: readonly (Int32Array | null)[];
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** m positive numbers: original row = scale x prepared row. */
  readonly rowScale: Float64Array;
}

/** The limits of a program: all that decides whether it has a solution. */
export type Sides = Omit<Prepared, 'form' | 'linear' | 'kinkAt' | 'kinkSlope'>;

/**
 * Checks a program at the door and lays it out for the solver.
 *
 * @throws {EngineError} 'bad-input' naming the number that is not finite or the size that is wrong
 */
export function prepare(program: QuadraticProgram): Prepared {
  const n = program.names.length;
  const { quadratic, lower, upper, kinks } = program;
  if (quadratic instanceof Float64Array) checkSymmetric(quadratic, n, program.names);
  else if ('loadings' in quadratic) checkFactors(quadratic, n, program.names);
  checkSize('linear', program.linear, n);
  checkFinite('linear', program.linear);
  const sides = prepareSides(program);
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
  return { ...sides, form: formOf(quadratic, n), linear, kinkAt, kinkSlope };
}

/** The part of a program that {@link Sides} describes. @throws as {@link prepare} */
export function prepareSides(
  program: Pick<QuadraticProgram, 'names' | 'lower' | 'upper' | 'rows'>,
): Sides {
  const n = program.names.length;
  const m = program.rows.length;
  const { lower, upper } = program;
  checkSize('lower', lower, n);
  checkSize('upper', upper, n);
  for (let i = 0; i < n; i++) checkSides(program.names[i], lower[i], upper[i]);
  const rows = new Float64Array(m * n);
  const places: (Int32Array | null)[] = [];
  const rowLower = new Float64Array(m);
  const rowUpper = new Float64Array(m);
  const rowScale = new Float64Array(m);
  program.rows.forEach((row, r) => {
    const { coefficients } = row;
    checkSize(row.name, coefficients, n);
    checkFinite(row.name, coefficients);
    checkSides(row.name, row.lower, row.upper);
    let scale = 0;
    let count = 0;
    for (let i = 0; i < n; i++) {
      scale = Math.max(scale, Math.abs(coefficients[i]));
      if (coefficients[i] !== 0) count++;
    }
    // A row of zeros limits nothing but may still be impossible; it keeps scale 1.
    if (scale === 0) scale = 1;
    rowScale[r] = scale;
    rowLower[r] = row.lower / scale;
    rowUpper[r] = row.upper / scale;
    for (let i = 0; i < n; i++) rows[r * n + i] = coefficients[i] / scale;
    places.push(4 * count < n ? placesOf(coefficients, count) : null);
  });
  return { n, m, lower, upper, rows, places, rowLower, rowUpper, rowScale };
}

/** Inner product of a prepared row with n numbers. */
export function activityOf(p: Sides, r: number, x: Float64Array): number {
  const row = r * p.n;
  const places = p.places[r];
  let sum = 0;
  if (places === null) for (let i = 0; i < p.n; i++) sum += p.rows[row + i] * x[i];
  else for (let k = 0; k < places.length; k++) sum += p.rows[row + places[k]] * x[places[k]];
  return sum;
}

/** v -= amount x a prepared row. */
export function subtractRow(p: Sides, r: number, amount: number, v: Float64Array): void {
  const row = r * p.n;
  const places = p.places[r];
  if (places === null) for (let i = 0; i < p.n; i++) v[i] -= amount * p.rows[row + i];
  else for (let k = 0; k < places.length; k++) v[places[k]] -= amount * p.rows[row + places[k]];
}

function placesOf(coefficients: Float64Array, count: number): Int32Array {
  const places = new Int32Array(count);
  let at = 0;
  coefficients.forEach((value, i) => {
    if (value !== 0) places[at++] = i;
  });
  return places;
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
