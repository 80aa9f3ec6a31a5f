import { symmetricEigenvalues } from '../linalg/eigen.ts';
import { checkSymmetric } from '../linalg/symmetric-matrix.ts';

/** How far a covariance can be trusted by a method that divides by it. */
export interface CovarianceReport {
  readonly smallestEigenvalue: number;
  readonly largestEigenvalue: number;
  /** Largest over smallest eigenvalue; Infinity when it cannot be inverted. */
  readonly conditionNumber: number;
  /** No eigenvalue is negative beyond rounding. */
  readonly semidefinite: boolean;
  /** Number of eigenvalues above rounding. */
  readonly rank: number;
}

/**
 * Condition number, rank and definiteness of a covariance.
 *
 * @param covariance n x n, row-major, symmetric
 * @throws {EngineError} 'bad-input' when it is not symmetric or holds a number that is not finite
 */
export function covarianceReport(covariance: Float64Array, n: number): CovarianceReport {
  checkSymmetric(covariance, n);
  const values = symmetricEigenvalues(covariance, n);
  const smallestEigenvalue = values[0];
  const largestEigenvalue = values[n - 1];
  const rounding = 1e-14 * n * Math.max(Math.abs(largestEigenvalue), Math.abs(smallestEigenvalue));
  const rank = values.reduce((count, value) => count + (value > rounding ? 1 : 0), 0);
  return {
    smallestEigenvalue,
    largestEigenvalue,
    conditionNumber:
      smallestEigenvalue > rounding
        ? largestEigenvalue / smallestEigenvalue
        : Number.POSITIVE_INFINITY,
    semidefinite: smallestEigenvalue >= -rounding,
    rank,
  };
}
