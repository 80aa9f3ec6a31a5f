/**
 * Lower triangle L of a positive definite matrix M = L L'.
 *
 * @param matrix n x n, row-major, symmetric
 * @returns n x n, row-major, zeros above the diagonal; or the pivot, not positive beyond rounding, at
 *   which the matrix is seen not to be positive definite
 */
export function choleskyFactor(
  matrix: Float64Array,
  n: number,
): { readonly factor: Float64Array } | { readonly failedAt: number; readonly pivot: number } {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = matrix[row + j];
      for (let k = 0; k < j; k++) sum -= factor[row + k] * factor[other + k];
      if (j < i) factor[row + j] = sum / factor[other + j];
      else {
        // What is left of a variance after n subtractions is noise below this.
        if (!(sum > n * 2.3e-16 * matrix[row + i])) return { failedAt: i, pivot: sum };
        factor[row + i] = Math.sqrt(sum);
      }
    }
  }
  return { factor };
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
