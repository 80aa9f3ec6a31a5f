import { EngineError } from '../errors.ts';
import { gram } from '../linalg/gram.ts';

/**
 * Number of observations in a matrix of them.
 *
 * @param observations m x n, row-major
 * @param names n symbols, to name the column of a number that is not finite
 * @throws {EngineError} 'bad-input' when the sizes disagree or a number is not finite;
 *   'short-history' below `least` observations
 */
export function observationCount(
  observations: Float64Array,
  n: number,
  least: number,
  names?: readonly string[],
): number {
  const m = observations.length / n;
  if (!(Number.isInteger(m) && n > 0)) {
    throw new EngineError(
      'bad-input',
      `${observations.length} returns do not fill rows of ${n} assets; give one row per day.`,
      { numbers: observations.length, n },
    );
  }
  if (m < least) {
    throw new EngineError(
      'short-history',
      `${m} observations are too few; give at least ${least}.`,
      { observations: m, least },
    );
  }
  for (let i = 0; i < observations.length; i++) {
    if (Number.isFinite(observations[i])) continue;
    const column = i % n;
    const row = Math.floor(i / n);
    throw new EngineError(
      'bad-input',
      `The return of ${nameOf(names, column)} in row ${row} is ${observations[i]}; fill or drop it by a named rule.`,
      { row, column, asset: nameOf(names, column), value: observations[i] },
    );
  }
  return m;
}

/** The symbol of a column, or its number counted from one. */
export function nameOf(names: readonly string[] | undefined, column: number): string {
  return names?.[column] ?? `asset ${column + 1}`;
}

/** Column means of m x n observations: n numbers. */
export function columnMeans(observations: Float64Array, n: number): Float64Array {
  const m = observations.length / n;
  const means = new Float64Array(n);
  for (let t = 0; t < m; t++) for (let j = 0; j < n; j++) means[j] += observations[t * n + j];
  for (let j = 0; j < n; j++) means[j] /= m;
  return means;
}

/** Sum of products of the columns around their means, divided: n x n, symmetric to the bit. */
export function crossProducts(
  observations: Float64Array,
  n: number,
  divisor: number,
): Float64Array {
  const sums = gram(observations, n, { centre: columnMeans(observations, n) });
  for (let at = 0; at < sums.length; at++) sums[at] /= divisor;
  return sums;
}

/** Observations less their column means: m x n. */
export function centred(observations: Float64Array, n: number): Float64Array {
  const means = columnMeans(observations, n);
  const m = observations.length / n;
  const result = new Float64Array(observations.length);
  for (let t = 0; t < m; t++)
    for (let j = 0; j < n; j++) result[t * n + j] = observations[t * n + j] - means[j];
  return result;
}
