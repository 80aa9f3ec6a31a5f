import { gram } from '../linalg/gram.ts';
import { crossProducts, observationCount } from './observations.ts';

export interface SemicovarianceSettings {
  /** Return per period below which a day counts as a loss; 0 by default. */
  readonly benchmark?: number;
  /** Mean products of shortfalls around zero (default), or their sample covariance around their means. */
  readonly around?: 'zero' | 'mean';
}

/**
 * Covariance of shortfalls min(r - benchmark, 0): only losses count, so a portfolio's value of it is
 * close to, not the same as, the portfolio's own semivariance.
 *
 * @param returns m x n, row-major, per period
 * @param n number of assets
 * @returns n x n, row-major, per period, positive semidefinite
 * @throws {EngineError} 'short-history' below two observations; 'bad-input'
 * @source Estrada (2008), "Mean-Semivariance Optimization: A Heuristic Approach"
 */
export function semicovariance(
  returns: Float64Array,
  n: number,
  settings: SemicovarianceSettings = {},
): Float64Array {
  const { benchmark = 0, around = 'zero' } = settings;
  const m = observationCount(returns, n, 2);
  const shortfalls = returns.map((value) => Math.min(value - benchmark, 0));
  if (around === 'mean') return crossProducts(shortfalls, n, m - 1);
  const covariance = gram(shortfalls, n);
  for (let at = 0; at < covariance.length; at++) covariance[at] /= m;
  return covariance;
}
