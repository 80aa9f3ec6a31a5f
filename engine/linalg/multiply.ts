/**
 * Product of a square symmetric matrix and a vector.
 *
 * @param matrix n x n, row-major, symmetric
 * @param vector n numbers
 * @param into n numbers, overwritten and returned; a new array by default
 * @returns n numbers
 */
export function multiply(
  matrix: Float64Array,
  vector: Float64Array,
  into: Float64Array = new Float64Array(vector.length),
): Float64Array {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    const row = i * n;
    for (let j = 0; j < n; j++) sum += matrix[row + j] * vector[j];
    into[i] = sum;
  }
  return into;
}

/**
 * Inner product.
 *
 * @param a n numbers
 * @param b n numbers
 */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * Quadratic form v'Mv, e.g. a portfolio's variance.
 *
 * @param matrix n x n, row-major
 * @param vector n numbers
 */
export function quadraticForm(matrix: Float64Array, vector: Float64Array): number {
  const n = vector.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    const row = i * n;
    for (let j = 0; j < n; j++) sum += matrix[row + j] * vector[j];
    total += vector[i] * sum;
  }
  return total;
}
