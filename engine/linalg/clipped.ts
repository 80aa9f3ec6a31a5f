import { symmetricEigen } from './eigen.ts';

/** The nearest positive semidefinite matrix, by distance in all entries. */
export interface Clipped {
  /** n x n, row-major. */
  readonly matrix: Float64Array;
  /** Eigenvalues of the input. */
  readonly smallest: number;
  readonly largest: number;
}

/**
 * Nearest positive semidefinite matrix in the Frobenius norm: negative eigenvalues become 0.
 *
 * @param matrix n x n, row-major, symmetric
 * @source Higham (1988), "Computing a nearest symmetric positive semidefinite matrix"
 */
export function clipped(matrix: Float64Array, n: number): Clipped {
  const { values, vectors } = symmetricEigen(matrix, n);
  let negative = 0;
  while (negative < n && values[negative] < 0) negative++;
  // Whichever half has fewer eigenvalues is put together.
  const add = negative > n / 2;
  const result = add ? new Float64Array(n * n) : matrix.slice();
  const from = add ? negative : 0;
  const to = add ? n : negative;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = from; k < to; k++) sum += values[k] * vectors[i * n + k] * vectors[j * n + k];
      const value = add ? sum : result[i * n + j] - sum;
      result[i * n + j] = value;
      result[j * n + i] = value;
    }
  }
  return { matrix: result, smallest: values[0], largest: values[n - 1] };
}
