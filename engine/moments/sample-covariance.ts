import { centred, crossProducts, observationCount } from './observations.ts';

/**
 * Unbiased sample covariance per observation period.
 *
 * @param returns m x n, row-major
 * @param n number of assets
 * @returns n x n, row-major
 * @throws {EngineError} 'short-history' below two observations; 'bad-input'
 */
export function sampleCovariance(returns: Float64Array, n: number): Float64Array {
  const m = observationCount(returns, n, 2);
  return crossProducts(centred(returns, n), n, m - 1);
}
