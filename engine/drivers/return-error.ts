import { EngineError } from '../errors.ts';
import { portfolioVariance } from './portfolio-volatility.ts';

/**
 * Standard error of a portfolio's expected return when it is the mean of past returns: the means of
 * the assets have covariance / years.
 *
 * @param weights n fractions
 * @param covariance n x n, row-major, per year
 * @param years of history behind the means, positive
 * @returns per year
 * @throws {EngineError} 'bad-input' when years is not positive or the sizes differ
 * @source Merton, "On estimating the expected return on the market" (1980)
 */
export function portfolioReturnError(
  weights: Float64Array,
  covariance: Float64Array,
  years: number,
): number {
  if (!(years > 0)) {
    throw new EngineError('bad-input', `Years of history must be positive, not ${years}.`, {
      years,
    });
  }
  return Math.sqrt(portfolioVariance(weights, covariance) / years);
}
