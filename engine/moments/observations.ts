import { EngineError } from '../errors.ts';

/**
 * Number of observations in a matrix of them.
 *
 * @param observations m x n, row-major
 * @throws {EngineError} 'bad-input' when the sizes disagree or a number is not finite;
 *   'short-history' below `least` observations
 */
export function observationCount(observations: Float64Array, n: number, least: number): number {
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
    if (!Number.isFinite(observations[i])) {
      throw new EngineError(
        'bad-input',
        `Return ${i % n} of row ${Math.floor(i / n)} is ${observations[i]}; fill or drop it by a named rule.`,
        { row: Math.floor(i / n), column: i % n },
      );
    }
  }
  return m;
}

/** Column means of m x n observations: n numbers. */
export function columnMeans(observations: Float64Array, n: number): Float64Array {
  const m = observations.length / n;
  const means = new Float64Array(n);
  for (let t = 0; t < m; t++) for (let j = 0; j < n; j++) means[j] += observations[t * n + j];
  for (let j = 0; j < n; j++) means[j] /= m;
  return means;
}

/** Observations less their column means: m x n. */
export function centred(observations: Float64Array, n: number): Float64Array {
  const means = columnMeans(observations, n);
  return observations.map((value, at) => value - means[at % n]);
}

/**
 * Sum of products of the columns, divided.
 *
 * @param centredObservations m x n
 * @returns n x n, symmetric to the bit
 */
export function crossProducts(
  centredObservations: Float64Array,
  n: number,
  divisor: number,
): Float64Array {
  const m = centredObservations.length / n;
  const sums = new Float64Array(n * n);
  for (let t = 0; t < m; t++) {
    const row = t * n;
    for (let i = 0; i < n; i++) {
      const value = centredObservations[row + i];
      for (let j = 0; j <= i; j++) sums[i * n + j] += value * centredObservations[row + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      sums[i * n + j] /= divisor;
      sums[j * n + i] = sums[i * n + j];
    }
  }
  return sums;
}
