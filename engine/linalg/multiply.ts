/**
 * Product of a square symmetric matrix and a vector; zeros of the vector cost nothing.
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
  into.fill(0);
  for (let j = 0; j < n; j++) {
    const value = vector[j];
    if (value === 0) continue;
    const row = j * n;
    for (let i = 0; i < n; i++) into[i] += matrix[row + i] * value;
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

/** Inner product of `length` numbers from a place in each array, in four interleaved sums. */
export function partialDot(
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  length: number,
): number {
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const p = aFrom + i;
    const q = bFrom + i;
    s += a[p] * b[q];
    t += a[p + 1] * b[q + 1];
    u += a[p + 2] * b[q + 2];
    v += a[p + 3] * b[q + 3];
  }
  for (; i < length; i++) s += a[aFrom + i] * b[bFrom + i];
  return s + t + (u + v);
}

/**
 * Quadratic form v'Mv, e.g. a portfolio's variance; zeros of the vector cost nothing.
 *
 * @param matrix n x n, row-major
 * @param vector n numbers
 */
export function quadraticForm(matrix: Float64Array, vector: Float64Array): number {
  const n = vector.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (vector[i] === 0) continue;
    total += vector[i] * partialDot(matrix, i * n, vector, 0, n);
  }
  return total;
}
