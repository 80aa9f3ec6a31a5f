import { EngineError } from '../errors.ts';
import { gram } from '../linalg/gram.ts';
import { type Decay, decayWeights } from './decay.ts';
import { firstRows } from './first-rows.ts';
import { nearestCovariance } from './nearest-covariance.ts';

export interface PairwiseSettings {
  /** Recent observations count more: products around each asset's own mean, not corrected for it. */
  readonly decay?: Decay;
  /** Mend a result with negative eigenvalues (default), or give it as it is. */
  readonly repair?: boolean;
}

/** A covariance from unequal histories. */
export interface PairwiseCovariance {
  /** n x n, row-major, per observation period; positive semidefinite when repaired. */
  readonly covariance: Float64Array;
  /** Returns shared by the pair that shares fewest. */
  readonly fewest: number;
  /** What was mended, in plain sentences; empty when nothing was. */
  readonly repairs: readonly string[];
}

/**
 * Sample covariance, each pair over all days both have: unbiased, but the pairs need not agree, so
 * the matrix may have negative eigenvalues. It is then replaced by the nearest with the same
 * variances, and that is reported. {@link monotoneCovariance} uses the same data without the defect.
 *
 * @param returns m x n, row-major, oldest first; NaN before an asset's first
 * @param names n symbols
 * @throws {EngineError} 'short-history' naming an asset with fewer than two returns; 'bad-input' for a
 *   gap; 'zero-variance' when a repair meets an asset that never moves
 */
export function pairwiseCovariance(
  returns: Float64Array,
  names: readonly string[],
  settings: PairwiseSettings = {},
): PairwiseCovariance {
  const { decay, repair = true } = settings;
  const n = names.length;
  const first = firstRows(returns, names, 2);
  const m = returns.length / n;
  const centred = aroundOwnMeans(returns, first);
  const weights = decay === undefined ? undefined : decayWeights(m, decay);
  const covariance = gram(centred, n, weights === undefined ? {} : { weights });
  if (weights === undefined) unbiased(covariance, centred, first);
  else normalised(covariance, weights, first);
  const fewest = m - first.reduce((latest, row) => Math.max(latest, row), 0);
  if (!repair) return { covariance, fewest, repairs: [] };
  return { ...nearestCovariance(covariance, n, 'variances', names), fewest };
}

/** Returns less the mean of their own history, 0 before it. */
function aroundOwnMeans(returns: Float64Array, first: Int32Array): Float64Array {
  const n = first.length;
  const m = returns.length / n;
  const centred = new Float64Array(returns.length);
  for (let j = 0; j < n; j++) {
    let mean = 0;
    for (let t = first[j]; t < m; t++) mean += returns[t * n + j];
    mean /= m - first[j];
    for (let t = first[j]; t < m; t++) centred[t * n + j] = returns[t * n + j] - mean;
  }
  return centred;
}

/** Sums of products around own means become covariances around the means of the common days. */
function unbiased(products: Float64Array, centred: Float64Array, first: Int32Array): void {
  const n = first.length;
  const m = centred.length / n;
  // The older asset's sum over the younger one's days; the younger one's own sum is 0.
  const sums = new Float64Array(n * n);
  for (let young = 0; young < n; young++) {
    if (first.every((row) => row === first[young])) continue;
    for (let t = first[young]; t < m; t++)
      for (let old = 0; old < n; old++) sums[young * n + old] += centred[t * n + old];
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const young = first[i] >= first[j] ? i : j;
      const count = m - first[young];
      const both = sums[young * n + i] * sums[young * n + j];
      products[i * n + j] = (products[i * n + j] - both / count) / (count - 1);
    }
  }
}

/** Weighted sums of products over the weight of the common days. */
function normalised(products: Float64Array, weights: Float64Array, first: Int32Array): void {
  const n = first.length;
  const m = weights.length;
  const remaining = new Float64Array(m + 1);
  for (let t = m - 1; t >= 0; t--) remaining[t] = remaining[t + 1] + weights[t];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const weight = remaining[Math.max(first[i], first[j])];
      if (!(weight > 0)) {
        throw new EngineError('bad-input', 'The decay leaves no weight; give a longer one.', {
          weight,
        });
      }
      products[i * n + j] /= weight;
    }
  }
}
