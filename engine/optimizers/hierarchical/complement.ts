/** One half of a covariance, seen with what the other half explains of it. */
export interface Complement {
  /** p x p, row-major. */
  readonly covariance: Float64Array;
  /** p numbers: what a unit of each asset is worth once the other half hedges it. */
  readonly units: Float64Array;
}

/**
 * The covariance of one half less a part of what the other half explains of it, A - g B D^-1 B', and the
 * units 1 - g B D^-1 1 in which least variance is then sought: with g = 1 both together are the block
 * formula of the inverse, so that solving the halves solves the whole.
 *
 * @param matrix k x k, row-major, symmetric
 * @param rows the half that is seen: a range [from, to)
 * @param others the other half
 * @param part g, from 0 to 1
 * @returns null when the other half's covariance is singular
 * @source Cotton (2024), "Schur complementary allocation"; Zhang (2005) for the complement
 */
export function complement(
  matrix: Float64Array,
  k: number,
  rows: readonly [number, number],
  others: readonly [number, number],
  part: number,
): Complement | null {
  const p = rows[1] - rows[0];
  const q = others[1] - others[0];
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    const from = (rows[0] + i) * k + rows[0];
    for (let j = 0; j < p; j++) covariance[i * p + j] = matrix[from + j];
  }
  const units = new Float64Array(p).fill(1);
  if (part === 0) return { covariance, units };
  const factor = new Float64Array(q * q);
  if (!cholesky(matrix, k, others[0], q, factor)) return null;
  // Rows of B and a row of ones, each solved against the factor: then every product is an inner one.
  const half = new Float64Array((p + 1) * q);
  for (let i = 0; i <= p; i++) {
    const at = i * q;
    const from = (rows[0] + i) * k + others[0];
    for (let j = 0; j < q; j++) {
      let sum = i === p ? 1 : matrix[from + j];
      const row = j * q;
      for (let l = 0; l < j; l++) sum -= factor[row + l] * half[at + l];
      half[at + j] = sum / factor[row + j];
    }
  }
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const less = part * inner(half, i * q, j * q, q);
      covariance[i * p + j] -= less;
      if (i !== j) covariance[j * p + i] -= less;
    }
    units[i] -= part * inner(half, i * q, p * q, q);
  }
  return { covariance, units };
}

function inner(v: Float64Array, a: number, b: number, count: number): number {
  let sum = 0;
  for (let l = 0; l < count; l++) sum += v[a + l] * v[b + l];
  return sum;
}

/** Factor of a diagonal block; false when a pivot is only rounding. */
function cholesky(
  matrix: Float64Array,
  k: number,
  first: number,
  q: number,
  factor: Float64Array,
): boolean {
  for (let i = 0; i < q; i++) {
    const from = (first + i) * k + first;
    const row = i * q;
    for (let j = 0; j < i; j++) {
      const sum = matrix[from + j] - inner(factor, row, j * q, j);
      factor[row + j] = sum / factor[j * q + j];
    }
    const own = matrix[from + i];
    const pivot = own - inner(factor, row, row, i);
    if (!(pivot > 1e-12 * own)) return false;
    factor[row + i] = Math.sqrt(pivot);
  }
  return true;
}
