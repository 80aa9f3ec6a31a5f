import { EngineError } from '../errors.ts';
import { symmetricEigen } from './eigen.ts';

/**
 * Refuses a covariance that some portfolio would give a negative variance.
 *
 * @param matrix n x n, row-major, symmetric
 * @throws {EngineError} 'not-psd' when an eigenvalue is negative beyond rounding
 */
export function checkSemidefinite(matrix: Float64Array, n: number): void {
  const { values } = symmetricEigen(matrix, n);
  const smallest = values[0];
  const largest = Math.max(values[n - 1], 0);
  if (!(smallest >= -1e-10 * largest)) {
    throw new EngineError(
      'not-psd',
      `The covariance has the negative eigenvalue ${smallest}; estimate it from one common window.`,
      { smallest, largest },
    );
  }
}
