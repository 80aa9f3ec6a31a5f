import { EngineError } from '../errors.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';
import type { FactorCovariance } from '../optimizers/problem.ts';
import { refuseStill } from './deviations.ts';
import { columnMeans, crossProducts, observationCount } from './observations.ts';

/** A covariance explained by given factors. */
export interface FactorRegression {
  /** Per observation period; loadings are n x k. */
  readonly factors: FactorCovariance;
  /** n intercepts: mean return per period that the factors do not explain. */
  readonly alphas: Float64Array;
  /** n shares of variance that the factors explain, 0 to 1. */
  readonly explained: Float64Array;
}

/**
 * Least squares of each asset's returns on those of given factors, with an intercept. Residuals are
 * taken as unrelated between assets; their variances are unbiased.
 *
 * @param returns m x n, row-major, per period
 * @param names n symbols
 * @param factorReturns m x k, row-major, over the same periods
 * @param factorNames k names
 * @throws {EngineError} 'short-history' below k + 2 returns; 'bad-input' when rows differ or a factor
 *   is a mix of the others; 'zero-variance' naming an asset or factor that never moves
 * @source Rosenberg (1974); Fama and French (1993) for time-series regression
 */
export function factorRegression(
  returns: Float64Array,
  names: readonly string[],
  factorReturns: Float64Array,
  factorNames: readonly string[],
): FactorRegression {
  const n = names.length;
  const k = factorNames.length;
  const m = observationCount(returns, n, k + 2, names);
  const rows = observationCount(factorReturns, k, k + 2, factorNames);
  if (rows !== m) {
    throw new EngineError(
      'bad-input',
      `The factors have ${rows} returns and the assets ${m}; give both over the same days.`,
      { factors: rows, assets: m },
    );
  }
  const width = k + n;
  const products = crossProducts(sideBySide(factorReturns, k, returns, n), width, 1);
  for (let f = 0; f < k; f++) refuseStill(products[f * width + f] / (m - 1), f, factorNames);
  const slopes = leastSquares(products, k, width, factorNames);
  const loadings = new Float64Array(n * k);
  const specificVariance = new Float64Array(n);
  const explained = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const total = products[(k + i) * width + k + i];
    refuseStill(total / (m - 1), i, names);
    let residual = total;
    for (let f = 0; f < k; f++) {
      loadings[i * k + f] = slopes[f * n + i];
      residual -= slopes[f * n + i] * products[(k + i) * width + f];
    }
    // Rounding can take a perfect fit a hair below zero.
    specificVariance[i] = Math.max(0, residual) / (m - k - 1);
    explained[i] = 1 - Math.max(0, residual) / total;
  }
  const factorCovariance = new Float64Array(k * k);
  for (let f = 0; f < k; f++)
    for (let g = 0; g < k; g++) factorCovariance[f * k + g] = products[f * width + g] / (m - 1);
  const means = columnMeans(factorReturns, k);
  const alphas = columnMeans(returns, n).map((mean, i) => {
    let rest = mean;
    for (let f = 0; f < k; f++) rest -= loadings[i * k + f] * means[f];
    return rest;
  });
  return { factors: { loadings, factorCovariance, specificVariance }, alphas, explained };
}

function sideBySide(left: Float64Array, k: number, right: Float64Array, n: number): Float64Array {
  const m = left.length / k;
  const whole = new Float64Array(m * (k + n));
  for (let t = 0; t < m; t++) {
    whole.set(left.subarray(t * k, t * k + k), t * (k + n));
    whole.set(right.subarray(t * n, t * n + n), t * (k + n) + k);
  }
  return whole;
}

/** Slopes on the first k columns of all others: k x (width - k), row-major. */
function leastSquares(
  products: Float64Array,
  k: number,
  width: number,
  factorNames: readonly string[],
): Float64Array {
  const among = new Float64Array(k * k);
  const across = new Float64Array(k * (width - k));
  for (let f = 0; f < k; f++) {
    among.set(products.subarray(f * width, f * width + k), f * k);
    across.set(products.subarray(f * width + k, (f + 1) * width), f * (width - k));
  }
  const attempt = choleskyFactor(among, k);
  if ('factor' in attempt) return choleskySolve(attempt.factor, k, across, width - k);
  const factor = factorNames[attempt.failedAt];
  throw new EngineError(
    'bad-input',
    `The factor ${factor} is a mix of the factors before it; leave it out.`,
    { factor },
  );
}
