import { EngineError } from '../../errors.ts';
import type { Problem } from '../problem.ts';

/**
 * Volatility per year of each asset.
 *
 * @throws {EngineError} 'not-psd' for a negative or undefined variance
 */
export function volatilities({ assets, covariance }: Problem): Float64Array {
  const n = assets.length;
  return Float64Array.from(assets, (asset, i) => {
    const variance = covariance[i * n + i];
    if (!(variance >= 0 && variance < Infinity)) {
      throw new EngineError(
        'not-psd',
        `The variance of ${asset} is ${variance}; estimate the covariance again.`,
        { asset, variance },
      );
    }
    return Math.sqrt(variance);
  });
}
