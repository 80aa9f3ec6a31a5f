/**
 * Cholesky factor of a positive semidefinite matrix in place, lower triangle. A pivot that rounding
 * has eaten is made so large that its unknown comes out as 0.
 *
 * @param a size x size, row-major; the lower triangle is read and overwritten
 */
export function factorise(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const own = a[row + i];
    for (let j = 0; j < i; j++) {
      const other = j * size;
      let sum = a[row + j];
      for (let k = 0; k < j; k++) sum -= a[row + k] * a[other + k];
      a[row + j] = sum / a[other + j];
    }
    let pivot = own;
    for (let k = 0; k < i; k++) pivot -= a[row + k] * a[row + k];
    a[row + i] = pivot > 1e-15 * own ? Math.sqrt(pivot) : 1e64;
  }
}

/** Solves L L' v = v in place on `size` numbers from `offset`. */
export function solve(a: Float64Array, size: number, v: Float64Array, offset = 0): void {
  forward(a, size, v, offset);
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    const value = v[offset + i] / a[row + i];
    v[offset + i] = value;
    for (let j = 0; j < i; j++) v[offset + j] -= a[row + j] * value;
  }
}

/** Solves L v = v in place on `size` numbers from `offset`. */
export function forward(a: Float64Array, size: number, v: Float64Array, offset = 0): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let sum = v[offset + i];
    for (let j = 0; j < i; j++) sum -= a[row + j] * v[offset + j];
    v[offset + i] = sum / a[row + i];
  }
}
