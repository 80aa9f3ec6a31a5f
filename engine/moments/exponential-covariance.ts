import { EngineError } from '../errors.ts';
import { gram } from '../linalg/gram.ts';
import { type Decay, decayWeights } from './decay.ts';
import { columnMeans, observationCount } from './observations.ts';
import { weightedMeans } from './weighted-means.ts';

export interface ExponentialSettings {
  /**
   * What products are taken around: the mean with the same falling weights (default), the plain mean
   * of all observations, or zero, as is usual for daily returns.
   */
  readonly around?: 'weighted-mean' | 'plain-mean' | 'zero';
  /** Divide by 1 - the sum of squared weights, as a mean was estimated; the default around the weighted mean. */
  readonly unbiased?: boolean;
}

/**
 * Covariance in which recent observations count more, per observation period; by default around the
 * mean of the same weights and unbiased for them.
 *
 * @param returns m x n, row-major, oldest first
 * @param n number of assets
 * @param decay a number is a half-life in observation periods
 * @returns n x n, row-major
 * @throws {EngineError} 'short-history' below two observations; 'bad-input' for a decay that leaves no
 *   second one
 * @source J.P. Morgan/Reuters, RiskMetrics Technical Document (1996), section 5.2
 */
export function exponentialCovariance(
  returns: Float64Array,
  n: number,
  decay: number | Decay,
  settings: ExponentialSettings = {},
): Float64Array {
  const { around = 'weighted-mean', unbiased = around === 'weighted-mean' } = settings;
  const m = observationCount(returns, n, 2);
  const weights = decayWeights(m, typeof decay === 'number' ? { halfLife: decay } : decay);
  const centre = {
    'weighted-mean': () => weightedMeans(returns, n, weights),
    'plain-mean': () => columnMeans(returns, n),
    zero: () => new Float64Array(n),
  }[around]();
  const covariance = gram(returns, n, { centre, weights });
  if (unbiased) {
    const divisor = 1 - weights.reduce((sum, weight) => sum + weight * weight, 0);
    if (!(divisor > 1e-12)) {
      throw new EngineError(
        'bad-input',
        'So short a half-life leaves one observation, which has no covariance; give more periods.',
        { ...(typeof decay === 'number' ? { halfLife: decay } : decay) },
      );
    }
    for (let at = 0; at < covariance.length; at++) covariance[at] /= divisor;
  }
  return covariance;
}
