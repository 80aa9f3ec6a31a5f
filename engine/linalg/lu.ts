import { LuDecomposition, Matrix } from 'ml-matrix';

/** Below this share of the largest pivot a system counts as singular. */
const singular = 1e-13;

/**
 * Solution of M X = B for any square matrix, by LU with partial pivoting; null when M is singular
 * beyond rounding.
 *
 * @param matrix n x n, row-major
 * @param right n x columns, row-major
 * @returns n x columns, row-major
 */
export function luSolve(
  matrix: Float64Array,
  n: number,
  right: Float64Array,
  columns = 1,
): Float64Array | null {
  const factored = new LuDecomposition(Matrix.from1DArray(n, n, matrix));
  const upper = factored.upperTriangularMatrix;
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < n; i++) {
    const pivot = Math.abs(upper.get(i, i));
    least = Math.min(least, pivot);
    most = Math.max(most, pivot);
  }
  if (least <= singular * most) return null;
  const solved = factored.solve(Matrix.from1DArray(n, columns, right));
  return Float64Array.from(solved.to1DArray());
}
