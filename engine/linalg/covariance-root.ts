import { symmetricEigen } from './eigen.ts';

/**
 * The symmetric root R of a positive semidefinite matrix, R R = M; eigenvalues that rounding made
 * negative count as 0.
 *
 * @param matrix n x n, row-major, symmetric
 */
export function covarianceRoot(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const root = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const size = Math.sqrt(Math.max(0, values[k]));
    if (size === 0) continue;
    for (let i = 0; i < n; i++) {
      const scaled = size * vectors[i * n + k];
      for (let j = 0; j < n; j++) root[i * n + j] += scaled * vectors[j * n + k];
    }
  }
  return root;
}
