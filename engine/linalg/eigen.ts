import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenvalues in rising order with their vectors. */
export interface SymmetricEigen {
  /** n numbers, rising. */
  readonly values: Float64Array;
  /** n x n, row-major; column j belongs to values[j]. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalue decomposition of a symmetric matrix.
 *
 * @param matrix n x n, row-major, symmetric
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const full = Matrix.from1DArray(n, n, matrix);
  const decomposition = new EigenvalueDecomposition(full, { assumeSymmetric: true });
  const order = decomposition.realEigenvalues.map((value, at) => ({ value, at }));
  order.sort((a, b) => a.value - b.value);
  const values = Float64Array.from(order, (one) => one.value);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      vectors[i * n + j] = decomposition.eigenvectorMatrix.get(i, order[j].at);
  }
  return { values, vectors };
}
