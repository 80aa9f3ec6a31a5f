import { EngineError } from '../errors.ts';
import { crossProducts, observationCount } from './observations.ts';

/**
 * Covariance in which an observation counts half as much as one that is a half-life younger; per
 * observation period, around the equally weighted-down mean and unbiased for those weights.
 *
 * @param returns m x n, row-major, oldest first
 * @param n number of assets
 * @param halfLife in observation periods, positive
 * @returns n x n, row-major
 * @throws {EngineError} 'short-history' below two observations; 'bad-input'
 * @source J.P. Morgan/Reuters, RiskMetrics Technical Document (1996), section 5.2
 */
export function exponentialCovariance(
  returns: Float64Array,
  n: number,
  halfLife: number,
): Float64Array {
  const m = observationCount(returns, n, 2);
  if (!(halfLife > 0)) {
    throw new EngineError('bad-input', `A half-life of ${halfLife} is not positive.`, { halfLife });
  }
  const weights = new Float64Array(m);
  let total = 0;
  for (let t = 0; t < m; t++) {
    weights[t] = 2 ** (-(m - 1 - t) / halfLife);
    total += weights[t];
  }
  let squares = 0;
  const means = new Float64Array(n);
  for (let t = 0; t < m; t++) {
    weights[t] /= total;
    squares += weights[t] * weights[t];
    for (let j = 0; j < n; j++) means[j] += weights[t] * returns[t * n + j];
  }
  const scaled = returns.map(
    (value, at) => (value - means[at % n]) * Math.sqrt(weights[Math.floor(at / n)]),
  );
  return crossProducts(scaled, n, 1 - squares);
}
