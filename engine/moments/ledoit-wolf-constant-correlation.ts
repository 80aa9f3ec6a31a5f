import { deviations } from './deviations.ts';
import { centred, observationCount } from './observations.ts';
import { type Shrunk, samplingError, shrinkTowards } from './shrunk.ts';

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
  const m = observationCount(returns, n, 2, names);
  const x = centred(returns, n);
  const { sample, error } = samplingError(x, n, m);
  const deviation = deviations(sample, n, names);
  const { correlation, quadratic } = meanCorrelation(sample, deviation);
  // Covariance of the sample with its target. Off the diagonal it is r d_j/d_i times that of x_i x_j
  // with x_i^2, whose sum over all pairs is a product of two sums in every row.
  let own = 0;
  let shared = 0;
  for (let t = 0; t < m; t++) {
    let cubes = 0;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const value = x[t * n + i];
      const square = value * value;
      own += square * square;
      cubes += (square * value) / deviation[i];
      sum += deviation[i] * value;
    }
    shared += cubes * sum;
  }
  own /= m;
  for (let i = 0; i < n; i++) own -= sample[i * n + i] ** 2;
  shared = shared / m - quadratic - own;
  const target = (i: number, j: number) =>
    i === j ? sample[i * n + i] : correlation * deviation[i] * deviation[j];
  return shrinkTowards(sample, n, target, (error - own - correlation * shared) / m);
}

/** Mean correlation of pairs, and the deviations' own quadratic form d'Sd. */
function meanCorrelation(sample: Float64Array, deviation: Float64Array) {
  const n = deviation.length;
  let sum = 0;
  let quadratic = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const s = sample[i * n + j];
      sum += s / (deviation[i] * deviation[j]);
      quadratic += 2 * deviation[i] * deviation[j] * s;
    }
    quadratic += deviation[i] ** 4;
  }
  return { correlation: n === 1 ? 0 : (2 * sum) / (n * (n - 1)), quadratic };
}
