import { EngineError } from '../errors.ts';
import { symmetricEigen } from '../linalg/eigen.ts';
import type { FactorCovariance } from '../optimizers/problem.ts';
import { correlations, deviations } from './deviations.ts';
import { noiseEdge } from './noise-edge.ts';
import { observationCount } from './observations.ts';
import { sampleCovariance } from './sample-covariance.ts';

/** A covariance explained by its own leading components. */
export interface StatisticalFactors {
  /** Per observation period; loadings are n x k, factors are uncorrelated with variance 1. */
  readonly factors: FactorCovariance;
  /** Share of the correlation's total variance that the factors explain, 0 to 1. */
  readonly explained: number;
}

/**
 * Factor model by principal components of the correlation: k leading components are factors, and
 * what they leave of each asset's variance is its own.
 *
 * @param returns m x n, row-major, per period
 * @param names n symbols
 * @param count of factors; those that stand out of noise by random-matrix theory when absent, at
 *   least one
 * @throws {EngineError} 'zero-variance' naming an asset; 'bad-input' for a count outside 1 to n;
 *   'short-history'
 * @source Connor and Korajczyk (1986); Laloux et al. (1999) for the number of factors
 */
export function statisticalFactors(
  returns: Float64Array,
  names: readonly string[],
  count?: number,
): StatisticalFactors {
  const n = names.length;
  const m = observationCount(returns, n, 2, names);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= n)) {
    throw new EngineError('bad-input', `Take 1 to ${n} factors, not ${count}.`, { count, n });
  }
  const sample = sampleCovariance(returns, n, names);
  const deviation = deviations(sample, n, names);
  const { values, vectors } = symmetricEigen(correlations(sample, deviation), n);
  const k = count ?? Math.max(1, noiseEdge(values, m).signals);
  const loadings = new Float64Array(n * k);
  const specificVariance = new Float64Array(n);
  let kept = 0;
  for (let f = 0; f < k; f++) kept += Math.max(0, values[n - 1 - f]);
  for (let i = 0; i < n; i++) {
    let rest = 1;
    for (let f = 0; f < k; f++) {
      const loading = Math.sqrt(Math.max(0, values[n - 1 - f])) * vectors[i * n + n - 1 - f];
      loadings[i * k + f] = deviation[i] * loading;
      rest -= loading * loading;
    }
    specificVariance[i] = Math.max(0, rest) * deviation[i] ** 2;
  }
  const factorCovariance = new Float64Array(k * k);
  for (let f = 0; f < k; f++) factorCovariance[f * k + f] = 1;
  return { factors: { loadings, factorCovariance, specificVariance }, explained: kept / n };
}
