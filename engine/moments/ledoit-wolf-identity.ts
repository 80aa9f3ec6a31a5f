import { centred, crossProducts, observationCount } from './observations.ts';
import type { Shrunk } from './shrunk.ts';

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
  const centredReturns = centred(returns, n);
  const sample = crossProducts(centredReturns, n, m);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += sample[i * n + i] / n;
  const squares = crossProducts(
    centredReturns.map((v) => v * v),
    n,
    m,
  );
  let error = 0;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const s = sample[i * n + j];
      error += squares[i * n + j] - s * s;
      distance += (s - (i === j ? mean : 0)) ** 2;
    }
  }
  const intensity = distance === 0 ? 1 : Math.max(0, Math.min(1, error / distance / m));
  const covariance = sample.map((s, at) => {
    const target = at % (n + 1) === 0 ? mean : 0;
    return intensity * target + (1 - intensity) * s;
  });
  return { covariance, intensity };
}
