import { EngineError } from '../../errors.ts';
import { covarianceForm } from '../covariance-form.ts';
import type { Problem } from '../problem.ts';

/**
 * Volatility per year of each asset.
 *
 * @throws {EngineError} 'not-psd' for a negative or undefined variance
 */
export function volatilities(problem: Problem): Float64Array {
  const { diagonal } = covarianceForm(problem);
  return diagonal.map((variance, i) => {
    if (!(variance >= 0 && variance < Infinity)) {
      const asset = problem.assets[i];
      throw new EngineError(
        'not-psd',
        `The variance of ${asset} is ${variance}; estimate the covariance again.`,
        { asset, variance },
      );
    }
    return Math.sqrt(variance);
  });
}
