import { EngineError } from '../errors.ts';
import { columnMeans, observationCount } from './observations.ts';

/** A mean per asset with how far it may be off. */
export interface MeanEstimate {
  /** n numbers per year, arithmetic. */
  readonly means: Float64Array;
  /** n standard errors per year. */
  readonly standardErrors: Float64Array;
}

/**
 * Arithmetic mean return per year with its standard error, taking days as independent.
 *
 * @param returns m x n, row-major, per period
 * @param names n symbols
 * @throws {EngineError} 'zero-variance' naming an asset whose return never changes; 'short-history'
 *   below two observations; 'bad-input'
 */
export function historicalMean(
  returns: Float64Array,
  names: readonly string[],
  periodsPerYear: number,
): MeanEstimate {
  const n = names.length;
  const m = observationCount(returns, n, 2);
  const means = columnMeans(returns, n);
  const standardErrors = new Float64Array(n);
  for (let t = 0; t < m; t++)
    for (let j = 0; j < n; j++) standardErrors[j] += (returns[t * n + j] - means[j]) ** 2;
  for (let j = 0; j < n; j++) {
    const deviation = Math.sqrt(standardErrors[j] / (m - 1));
    if (!(deviation > 1e-12)) {
      throw new EngineError(
        'zero-variance',
        `The price of ${names[j]} never moves in this window; leave it out or treat it as cash.`,
        { asset: names[j] },
      );
    }
    standardErrors[j] = (periodsPerYear * deviation) / Math.sqrt(m);
    means[j] *= periodsPerYear;
  }
  return { means, standardErrors };
}
