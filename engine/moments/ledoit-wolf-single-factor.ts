import { EngineError } from '../errors.ts';
import { centred, columnMeans, observationCount } from './observations.ts';
import { type Shrunk, samplingError, shrinkTowards } from './shrunk.ts';

/**
 * Covariance shrunk towards that of a one-factor market model, with the assets' own variances; per
 * observation period, with 1/m normalisation.
 *
 * @param returns m x n, row-major
 * @param n number of assets
 * @param market m returns of the factor; the equally weighted mean of the assets when absent
 * @throws {EngineError} 'short-history' below two observations; 'zero-variance' when the market never
 *   moves; 'bad-input'
 * @source Ledoit and Wolf (2003), "Improved estimation of the covariance matrix of stock returns with
 *   an application to portfolio selection" (covMarket)
 */
export function ledoitWolfSingleFactor(
  returns: Float64Array,
  n: number,
  market?: Float64Array,
): Shrunk {
  const m = observationCount(returns, n, 2);
  const x = centred(returns, n);
  const { sample, error, lengths } = samplingError(x, n, m);
  const factor = market === undefined ? rowMeans(x, n, m) : checkedMarket(market, m);
  const withMarket = new Float64Array(n);
  let variance = 0;
  for (let t = 0; t < m; t++) {
    variance += (factor[t] * factor[t]) / m;
    for (let i = 0; i < n; i++) withMarket[i] += (x[t * n + i] * factor[t]) / m;
  }
  if (!(variance > 1e-24)) {
    throw new EngineError('zero-variance', 'The market never moves, so it explains nothing.', {
      variance,
    });
  }
  // Covariance of the sample with its target c_i c_j / v, in three parts: on the diagonal, where both
  // are the same; from c_i and c_j; from v. Sums over all pairs are products of sums in every row.
  let own = 0;
  let ownWithCovariance = 0;
  let ownWithVariance = 0;
  let withCovariance = 0;
  let withVariance = 0;
  for (let t = 0; t < m; t++) {
    let exposed = 0;
    for (let i = 0; i < n; i++) {
      const value = x[t * n + i];
      const square = value * value;
      exposed += withMarket[i] * value;
      own += square * square;
      ownWithCovariance += withMarket[i] * square * value * factor[t];
      ownWithVariance += withMarket[i] ** 2 * square * factor[t] ** 2;
    }
    withCovariance += lengths[t] * factor[t] * exposed;
    withVariance += exposed ** 2 * factor[t] ** 2;
  }
  let quadratic = 0;
  for (let i = 0; i < n; i++) {
    const s = sample[i * n + i];
    own -= m * s * s;
    ownWithCovariance -= m * s * withMarket[i] ** 2;
    ownWithVariance -= m * s * variance * withMarket[i] ** 2;
    for (let j = 0; j < n; j++) quadratic += sample[i * n + j] * withMarket[i] * withMarket[j];
  }
  withCovariance -= m * quadratic;
  withVariance -= m * variance * quadratic;
  const shared =
    (own +
      (2 * (withCovariance - ownWithCovariance)) / variance -
      (withVariance - ownWithVariance) / variance ** 2) /
    m;
  const target = (i: number, j: number) =>
    i === j ? sample[i * n + i] : (withMarket[i] * withMarket[j]) / variance;
  return shrinkTowards(sample, n, target, (error - shared) / m);
}

function rowMeans(x: Float64Array, n: number, m: number): Float64Array {
  const means = new Float64Array(m);
  for (let t = 0; t < m; t++) {
    for (let j = 0; j < n; j++) means[t] += x[t * n + j];
    means[t] /= n;
  }
  return means;
}

function checkedMarket(market: Float64Array, m: number): Float64Array {
  if (market.length !== m) {
    throw new EngineError('bad-input', `Give ${m} returns of the market, not ${market.length}.`, {
      needed: m,
      given: market.length,
    });
  }
  observationCount(market, 1, 2, ['the market']);
  const [mean] = columnMeans(market, 1);
  return market.map((value) => value - mean);
}
