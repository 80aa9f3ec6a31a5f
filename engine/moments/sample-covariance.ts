import { crossProducts, observationCount } from './observations.ts';

/**
 * Unbiased sample covariance per observation period.
 *
 * @param returns m x n, row-major
 * @param n number of assets
 * @param names n symbols, for messages
 * @returns n x n, row-major
 * @throws {EngineError} 'short-history' below two observations; 'bad-input'
 */
export function sampleCovariance(
  returns: Float64Array,
  n: number,
  names?: readonly string[],
): Float64Array {
  const m = observationCount(returns, n, 2, names);
  return crossProducts(returns, n, m - 1);
}
