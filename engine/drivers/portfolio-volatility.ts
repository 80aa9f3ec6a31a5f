import { EngineError } from '../errors.ts';

/**
 * Variance of a portfolio.
 *
 * @param weights n fractions
 * @param covariance n x n, row-major, per year
 * @returns per year; rounding below zero is 0
 * @throws {EngineError} 'bad-input' when the sizes differ
 */
export function portfolioVariance(weights: Float64Array, covariance: Float64Array): number {
  const n = weights.length;
  if (covariance.length !== n * n) {
    throw new EngineError('bad-input', `Give an ${n} x ${n} covariance for ${n} weights.`, {
      weights: n,
      covariance: covariance.length,
    });
  }
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) row += covariance[i * n + j] * weights[j];
    sum += weights[i] * row;
  }
  return Math.max(0, sum);
}

/** Volatility of a portfolio per year; as {@link portfolioVariance}. */
export function portfolioVolatility(weights: Float64Array, covariance: Float64Array): number {
  return Math.sqrt(portfolioVariance(weights, covariance));
}
