import { isPositiveDefinite } from '../linalg/cholesky.ts';
import { clipped } from '../linalg/clipped.ts';
import { checkSymmetric } from '../linalg/symmetric-matrix.ts';
import { correlations, deviations, scaled } from './deviations.ts';
import { nearestCorrelation } from './nearest-correlation.ts';

/** A covariance that is one, and what had to be moved for it. */
export interface NearestCovariance {
  /** n x n, row-major, positive semidefinite to rounding. */
  readonly covariance: Float64Array;
  /** What was mended, in plain sentences; empty when nothing was. */
  readonly repairs: readonly string[];
}

/**
 * The nearest covariance without a negative eigenvalue: with the same variances and the nearest
 * correlations, or nearest in all entries whatever becomes of the variances.
 *
 * @param covariance n x n, row-major, symmetric; returned as it is when it needs no repair
 * @param keep 'variances' by default
 * @param names n symbols, to name an asset without variance
 * @throws {EngineError} 'bad-input' when it is not symmetric; 'zero-variance' naming an asset without
 *   a positive variance when variances are kept; 'not-converged'
 * @source Higham (2002) with variances kept; Higham (1988) without
 */
export function nearestCovariance(
  covariance: Float64Array,
  n: number,
  keep: 'variances' | 'nothing' = 'variances',
  names?: readonly string[],
): NearestCovariance {
  checkSymmetric(covariance, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += covariance[i * n + i];
  // The trace of a semidefinite matrix is at least its largest eigenvalue, the scale of rounding.
  if (isPositiveDefinite(covariance, n, Math.max(1e-14 * trace, Number.MIN_VALUE)))
    return { covariance: covariance.slice(), repairs: [] };
  if (keep === 'nothing') {
    const { matrix, smallest } = clipped(covariance, n);
    return {
      covariance: matrix,
      repairs: [
        `The covariance had the negative eigenvalue ${smallest.toPrecision(3)}; negative ones were set to 0.`,
      ],
    };
  }
  const deviation = deviations(covariance, n, names);
  const { correlation, repairs } = nearestCorrelation(correlations(covariance, deviation), n);
  return { covariance: scaled(correlation, deviation), repairs };
}
