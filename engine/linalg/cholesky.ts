import { kernels, tileBytes } from './kernels.ts';

/**
 * Lower triangle L of a positive definite matrix M = L L'.
 *
 * @param matrix n x n, row-major, symmetric; its lower half is read
 * @returns n x n, row-major, zeros above the diagonal; or the first row whose pivot is not positive
 *   beyond rounding, so that the matrix is not, or hardly, positive definite
 */
export function choleskyFactor(
  matrix: Float64Array,
  n: number,
): { readonly factor: Float64Array } | { readonly failedAt: number } {
  const { tiles, failedAt } = factorise(matrix, n, 0);
  if (failedAt < n) return { failedAt };
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const p = i >> 2;
    const row = 8 * p * (p + 1) + (i & 3);
    for (let j = 0; j <= i; j++) factor[i * n + j] = tiles[row + j * 4];
    // What is left of a variance after n subtractions is noise below this.
    const pivot = factor[i * n + i] ** 2;
    if (!(pivot > n * Number.EPSILON * matrix[i * n + i])) return { failedAt: i };
  }
  return { factor };
}

/**
 * Whether a matrix plus a multiple of the identity is positive definite, by its Cholesky factor.
 *
 * @param matrix n x n, row-major, symmetric, finite; its lower half is read
 * @param shift added to the diagonal
 */
export function isPositiveDefinite(matrix: Float64Array, n: number, shift = 0): boolean {
  return factorise(matrix, n, shift).failedAt >= n;
}

/** The factor in tiles by columns, in the kernels' memory; only until the kernels' next use. */
function factorise(matrix: Float64Array, n: number, shift: number) {
  const panels = (n + 3) >> 2;
  const bytes = tileBytes(panels);
  const { memory, factorise } = kernels(bytes);
  const tiles = new Float64Array(memory.buffer, 0, bytes / 8);
  for (let i = 0; i < 4 * panels; i++) {
    const p = i >> 2;
    // Number of row i in the panel's first column; what fills up the last panel is an identity.
    const row = 8 * p * (p + 1) + (i & 3);
    for (let j = 0; j <= i; j++) tiles[row + j * 4] = i < n ? matrix[i * n + j] : 0;
    tiles[row + i * 4] = i < n ? matrix[i * n + i] + shift : 1;
  }
  return { tiles, failedAt: factorise(0, panels) };
}

/**
 * Solution of L L' X = B.
 *
 * @param factor n x n lower triangle, row-major
 * @param right n x columns, row-major; not changed
 * @returns n x columns, row-major
 */
export function choleskySolve(
  factor: Float64Array,
  n: number,
  right: Float64Array,
  columns = 1,
): Float64Array {
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      const value = factor[i * n + k];
      for (let c = 0; c < columns; c++) x[i * columns + c] -= value * x[k * columns + c];
    }
    for (let c = 0; c < columns; c++) x[i * columns + c] /= factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let c = 0; c < columns; c++) x[i * columns + c] /= factor[i * n + i];
    for (let k = 0; k < i; k++) {
      const value = factor[i * n + k];
      for (let c = 0; c < columns; c++) x[k * columns + c] -= value * x[i * columns + c];
    }
  }
  return x;
}
