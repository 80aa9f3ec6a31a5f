import { crossProducts, observationCount } from './observations.ts';
import { mix, type Shrunk } from './shrunk.ts';

/**
 * Oracle approximating shrinkage (OAS) towards a multiple of the identity: the intensity best for
 * normal returns; per observation period, with 1/m normalisation.
 *
 * @param returns m x n, row-major
 * @param n number of assets
 * @throws {EngineError} 'short-history' below two observations; 'bad-input'
 * @source Chen, Wiesel, Eldar and Hero (2010), "Shrinkage Algorithms for MMSE Covariance Estimation",
 *   equation 23. Scikit-learn leaves out its terms in 2/n.
 */
export function oracleApproximating(returns: Float64Array, n: number): Shrunk {
  const m = observationCount(returns, n, 2);
  const sample = crossProducts(returns, n, m);
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) trace += sample[i * n + i];
  for (let at = 0; at < sample.length; at++) squares += sample[at] * sample[at];
  const top = (1 - 2 / n) * squares + trace * trace;
  const bottom = (m + 1 - 2 / n) * (squares - (trace * trace) / n);
  const intensity = bottom > 0 ? Math.max(0, Math.min(1, top / bottom)) : 1;
  const mean = trace / n;
  return { covariance: mix(sample, n, (i, j) => (i === j ? mean : 0), intensity), intensity };
}
