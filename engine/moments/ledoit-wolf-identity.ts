import { centred, observationCount } from './observations.ts';
import { type Shrunk, samplingError, shrinkTowards } from './shrunk.ts';

/**
 * Covariance shrunk towards a multiple of the identity by the intensity that minimises the expected
 * squared error; per observation period, with 1/m normalisation.
 *
 * @param returns m x n, row-major
 * @param n number of assets
 * @throws {EngineError} 'short-history' below two observations; 'bad-input'
 * @source Ledoit and Wolf (2004), "A well-conditioned estimator for large-dimensional covariance
 *   matrices" (cov1para)
 */
export function ledoitWolfIdentity(returns: Float64Array, n: number): Shrunk {
  const m = observationCount(returns, n, 2);
  const x = centred(returns, n);
  const { sample, error } = samplingError(x, n, m);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += sample[i * n + i] / n;
  const target = (i: number, j: number) => (i === j ? mean : 0);
  return shrinkTowards(sample, n, target, error / m);
}
