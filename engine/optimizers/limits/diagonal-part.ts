/**
 * A large diagonal D with C - D still positive semidefinite: the part of a covariance that assets
 * carry each on their own. Found by coordinate ascent on sum of D + u log det(C - D), u falling.
 *
 * @param matrix n x n, row-major, positive semidefinite
 * @returns n numbers, not negative; zeros when the matrix is singular
 * @source Frangioni and Gentile (2006); Wen, Goldfarb and Scheinberg (2012) for the ascent
 */
export function diagonalPart(matrix: Float64Array, n: number): Float64Array {
  const part = new Float64Array(n);
  const inverse = inverted(matrix, n);
  if (inverse === null) return part;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += 1 / inverse[i * n + i] / n;
  const column = new Float64Array(n);
  for (let pressure = mean / 2; pressure > 1e-4 * mean; pressure /= 2) {
    for (let sweep = 0; sweep < 4; sweep++) {
      for (let i = 0; i < n; i++) {
        const own = inverse[i * n + i];
        const step = Math.max(1 / own - pressure, -part[i]);
        if (step === 0) continue;
        part[i] += step;
        // (A - step e e')^-1 by Sherman and Morrison.
        for (let a = 0; a < n; a++) column[a] = inverse[a * n + i];
        const scale = step / (1 - step * own);
        for (let a = 0; a < n; a++) {
          const by = scale * column[a];
          for (let b = 0; b < n; b++) inverse[a * n + b] += by * column[b];
        }
      }
    }
  }
  // Rounding must leave the rest semidefinite.
  return part.map((v) => Math.max(0, v * (1 - 1e-6)));
}

/** Inverse of a positive definite matrix by Gauss and Jordan; null when it is singular. */
function inverted(matrix: Float64Array, n: number): Float64Array | null {
  const work = matrix.slice();
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, matrix[i * n + i]);
  for (let k = 0; k < n; k++) {
    const pivot = work[k * n + k];
    if (!(pivot > 1e-9 * largest)) return null;
    for (let j = 0; j < n; j++) if (j !== k) work[k * n + j] /= pivot;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = work[i * n + k];
      for (let j = 0; j < n; j++) if (j !== k) work[i * n + j] -= factor * work[k * n + j];
      work[i * n + k] = -factor / pivot;
    }
    work[k * n + k] = 1 / pivot;
  }
  return work;
}
