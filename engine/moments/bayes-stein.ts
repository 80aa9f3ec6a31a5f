import { EngineError } from '../errors.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';
import { deviations } from './deviations.ts';
import { columnMeans, observationCount } from './observations.ts';
import { sampleCovariance } from './sample-covariance.ts';

/** Means drawn towards that of the minimum-variance portfolio, and the covariance that goes with them. */
export interface BayesStein {
  /** n means per period. */
  readonly means: Float64Array;
  /** Mean per period of the minimum-variance portfolio, to which all are drawn. */
  readonly target: number;
  /** Weight of the target, 0 to 1. */
  readonly intensity: number;
  /**
   * n x n, row-major, per period: of the predictive distribution, so wider than the sample's by what
   * is not known of the means.
   */
  readonly covariance: Float64Array;
}

/**
 * Bayes-Stein means: the prior is one common mean, estimated as that of the minimum-variance
 * portfolio, with a precision that the spread of the sample means reveals.
 *
 * @param returns m x n, row-major, per period
 * @param names n symbols
 * @throws {EngineError} 'short-history' below n + 3 returns; 'zero-variance' naming an asset that
 *   never moves; 'not-psd' when the sample covariance
 *   cannot be inverted, e.g. with a duplicate; 'bad-input'
 * @source Jorion (1986), "Bayes-Stein Estimation for Portfolio Analysis"
 */
export function bayesStein(returns: Float64Array, names: readonly string[]): BayesStein {
  const n = names.length;
  const m = observationCount(returns, n, n + 3, names);
  const sampleMeans = columnMeans(returns, n);
  const covariance = sampleCovariance(returns, n, names);
  deviations(covariance, n, names);
  // The scale of Jorion's footnote: the inverse of this estimates the inverse covariance unbiasedly.
  for (let at = 0; at < covariance.length; at++) covariance[at] *= (m - 1) / (m - n - 2);
  const attempt = choleskyFactor(covariance, n);
  if (!('factor' in attempt)) {
    throw new EngineError(
      'not-psd',
      `The covariance cannot be inverted: ${names[attempt.failedAt]} is a mix of the others; leave it out.`,
      { asset: names[attempt.failedAt] },
    );
  }
  const inverseOnes = choleskySolve(attempt.factor, n, new Float64Array(n).fill(1));
  const precision = inverseOnes.reduce((sum, value) => sum + value, 0);
  let target = 0;
  for (let i = 0; i < n; i++) target += (inverseOnes[i] * sampleMeans[i]) / precision;
  const gaps = sampleMeans.map((mean) => mean - target);
  const scaledGaps = choleskySolve(attempt.factor, n, gaps);
  let distance = 0;
  for (let i = 0; i < n; i++) distance += gaps[i] * scaledGaps[i];
  const intensity = (n + 2) / (n + 2 + m * distance);
  // Jorion's terms, written so that they hold without any spread too, when the prior is endlessly precise.
  const ownTerm = 1 + (1 - intensity) / m;
  const commonTerm = intensity / ((m + 1 - intensity) * precision);
  return {
    means: sampleMeans.map((mean) => mean + intensity * (target - mean)),
    target,
    intensity,
    covariance: covariance.map((value) => value * ownTerm + commonTerm),
  };
}
