import { EngineError } from '../errors.ts';
import { centred, crossProducts, observationCount } from './observations.ts';
import type { Shrunk } from './shrunk.ts';

/**
 * Covariance shrunk towards the one with the same variances and one correlation for every pair; per
 * observation period, with 1/m normalisation.
 *
 * @param returns m x n, row-major
 * @param n number of assets
 * @param names n symbols, to name an asset that never moves
 * @throws {EngineError} 'zero-variance' naming an asset whose return never changes; 'short-history'
 *   below two observations; 'bad-input'
 * @source Ledoit and Wolf (2004), "Honey, I shrunk the sample covariance matrix" (covCor)
 */
export function ledoitWolfConstantCorrelation(
  returns: Float64Array,
  n: number,
  names: readonly string[] = [],
): Shrunk {
  const m = observationCount(returns, n, 2);
  const x = centred(returns, n);
  const sample = crossProducts(x, n, m);
  const deviation = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    deviation[i] = Math.sqrt(sample[i * n + i]);
    if (!(deviation[i] > 1e-12)) {
      const asset = names[i] ?? `asset ${i + 1}`;
      throw new EngineError(
        'zero-variance',
        `The price of ${asset} never moves in this window; leave it out or treat it as cash.`,
        { asset },
      );
    }
  }
  const correlation = meanCorrelation(sample, deviation, n);
  const squares = crossProducts(
    x.map((v) => v * v),
    n,
    m,
  );
  // Sum over pairs of the sampling variance of the sample, and of its covariance with the target.
  let pi = 0;
  let rho = 0;
  let gamma = 0;
  const third = thirdMoments(x, n, m);
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const s = sample[i * n + j];
      const variance = squares[i * n + j] - s * s;
      const target = i === j ? s : correlation * deviation[i] * deviation[j];
      covariance[i * n + j] = target;
      pi += variance;
      gamma += (s - target) ** 2;
      if (i === j) rho += variance;
      else {
        const theta = third[i * n + j] - sample[i * n + i] * s;
        rho += (correlation * deviation[j] * theta) / deviation[i];
      }
    }
  }
  const intensity = gamma === 0 ? 1 : Math.max(0, Math.min(1, (pi - rho) / gamma / m));
  for (let at = 0; at < covariance.length; at++)
    covariance[at] = intensity * covariance[at] + (1 - intensity) * sample[at];
  return { covariance, intensity };
}

function meanCorrelation(sample: Float64Array, deviation: Float64Array, n: number): number {
  if (n === 1) return 0;
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) sum += sample[i * n + j] / (deviation[i] * deviation[j]);
  return (2 * sum) / (n * (n - 1));
}

/** Means of x_i^3 x_j: n x n. */
function thirdMoments(x: Float64Array, n: number, m: number): Float64Array {
  const sums = new Float64Array(n * n);
  for (let t = 0; t < m; t++) {
    for (let i = 0; i < n; i++) {
      const cube = x[t * n + i] ** 3 / m;
      for (let j = 0; j < n; j++) sums[i * n + j] += cube * x[t * n + j];
    }
  }
  return sums;
}
