import { type Decay, decayWeights } from './decay.ts';
import { observationCount } from './observations.ts';
import { weightedMeans } from './weighted-means.ts';

/**
 * Mean return per observation period in which recent observations count more.
 *
 * @param returns m x n, row-major, oldest first
 * @param n number of assets
 * @returns n numbers per period; times the periods of a year for an arithmetic mean per year
 * @throws {EngineError} 'short-history' without an observation; 'bad-input'
 * @source Brown (1959), exponential smoothing
 */
export function exponentialMean(returns: Float64Array, n: number, decay: Decay): Float64Array {
  const m = observationCount(returns, n, 1);
  return weightedMeans(returns, n, decayWeights(m, decay));
}
