import { EngineError } from '../errors.ts';
import { nameOf } from './observations.ts';

/**
 * Standard deviations of a covariance.
 *
 * @param covariance n x n, row-major
 * @param names n symbols, to name an asset that never moves
 * @returns n positive numbers
 * @throws {EngineError} 'zero-variance' naming the asset
 */
export function deviations(
  covariance: Float64Array,
  n: number,
  names?: readonly string[],
): Float64Array {
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    result[i] = Math.sqrt(covariance[i * n + i]);
    refuseStill(covariance[i * n + i], i, names);
  }
  return result;
}

/**
 * Refuses the variance of an asset that never moves.
 *
 * @param variance per period
 * @throws {EngineError} 'zero-variance' naming the asset
 */
export function refuseStill(variance: number, column: number, names?: readonly string[]): void {
  if (variance > 1e-24) return;
  const asset = nameOf(names, column);
  throw new EngineError(
    'zero-variance',
    `The price of ${asset} never moves in this window; leave it out or treat it as cash.`,
    { asset, variance },
  );
}

/**
 * Correlations of a covariance, ones on the diagonal.
 *
 * @param covariance n x n, row-major
 * @param deviation n standard deviations
 * @returns n x n, row-major
 */
export function correlations(covariance: Float64Array, deviation: Float64Array): Float64Array {
  const n = deviation.length;
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = covariance[i * n + j] / (deviation[i] * deviation[j]);
      result[i * n + j] = value;
      result[j * n + i] = value;
    }
    result[i * n + i] = 1;
  }
  return result;
}

/**
 * A covariance from correlations.
 *
 * @param correlation n x n, row-major
 * @param deviation n standard deviations
 * @returns n x n, row-major
 */
export function scaled(correlation: Float64Array, deviation: Float64Array): Float64Array {
  const n = deviation.length;
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      result[i * n + j] = correlation[i * n + j] * (deviation[i] * deviation[j]);
  return result;
}
