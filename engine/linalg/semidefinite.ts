import { EngineError } from '../errors.ts';
import type { FactorCovariance } from './factor-form.ts';
import { partialDot, quadraticForm } from './multiply.ts';
import { checkFactors, checkSymmetric } from './symmetric-matrix.ts';

/** Negative variance below this part of the largest element is rounding of the estimate. */
const rounding = 1e-10;

/** Matrices that were proved, with the fingerprint of the numbers they held then. */
const proved = new WeakMap<Float64Array, number>();

/**
 * Refuses a covariance that some portfolio would give a negative variance, whether or not a solution
 * would hold it. The proof is a Cholesky factor of the whole matrix: n^3/6 multiplications, some 1 ms
 * at 100 assets and 0.3 s at 1,000. It is remembered with the array and a fingerprint of its numbers,
 * so that a covariance is proved once (by the estimate that made it, or at its first use), however
 * many portfolios are chosen with it; an array that was changed since is proved again.
 *
 * @param matrix n x n, row-major
 * @param names n names for messages
 * @throws {EngineError} 'bad-input' when a number is not finite or the matrix not symmetric;
 *   'not-psd' with a portfolio (`weights`, length 1) and its negative variance
 */
export function checkSemidefinite(
  matrix: Float64Array,
  n: number,
  names?: readonly string[],
): void {
  const print = checkSymmetric(matrix, n, names);
  if (proved.get(matrix) === print) return;
  let largest = 0;
  // The largest element stands on the diagonal, or else nothing saves the matrix from refusal.
  for (const value of matrix) largest = Math.max(largest, Math.abs(value));
  const direction = largest > 0 ? negativeDirection(matrix, n, rounding * largest) : null;
  if (direction !== null) throw negative(matrix, n, direction, names);
  proved.set(matrix, print);
}

/** As {@link checkSemidefinite}, for a covariance given by factors: B F B' + D is when F and D are. */
export function checkFactorCovariance(
  factors: FactorCovariance,
  n: number,
  names?: readonly string[],
): void {
  checkFactors(factors, n, names);
  const k = n === 0 ? 0 : factors.loadings.length / n;
  checkSemidefinite(factors.factorCovariance, k);
}

/**
 * A direction of negative variance; null when there is none beyond `shift`, proved by the Cholesky
 * factor of matrix + shift x identity. Tiles of 4 x 4 elements are made at a time, so that each number
 * read from memory is used four times.
 *
 * @source Higham (2002), theorem 10.7, on what success proves
 */
function negativeDirection(matrix: Float64Array, n: number, shift: number): Float64Array | null {
  const factor = new Float64Array((n * (n + 1)) / 2);
  for (let top = 0; top < n; top += 4) {
    const bottom = Math.min(top + 4, n);
    let done = 0;
    if (bottom - top === 4) for (; done < top; done += 4) fillTile(matrix, factor, n, top, done);
    for (let i = top; i < bottom; i++) {
      const row = (i * (i + 1)) / 2;
      let pivot = matrix[i * n + i] + shift;
      for (let j = done; j < i; j++) {
        const left = (j * (j + 1)) / 2;
        const sum = matrix[i * n + j] - partialDot(factor, row, factor, left, j);
        factor[row + j] = sum / factor[left + j];
      }
      pivot -= partialDot(factor, row, factor, row, i);
      if (!(pivot > 0)) return falling(factor, n, i);
      factor[row + i] = Math.sqrt(pivot);
    }
  }
  return null;
}

/** Rows top to top + 3 of the factor, columns left to left + 3; the columns before are there. */
function fillTile(
  matrix: Float64Array,
  factor: Float64Array,
  n: number,
  top: number,
  left: number,
): void {
  const a0 = (top * (top + 1)) / 2;
  const a1 = a0 + top + 1;
  const a2 = a1 + top + 2;
  const a3 = a2 + top + 3;
  const b0 = (left * (left + 1)) / 2;
  const b1 = b0 + left + 1;
  const b2 = b1 + left + 2;
  const b3 = b2 + left + 3;
  for (let pair = 0; pair < 2; pair++) {
    const p = pair === 0 ? a0 : a2;
    const q = pair === 0 ? a1 : a3;
    const from = (top + 2 * pair) * n + left;
    let s0 = matrix[from];
    let s1 = matrix[from + 1];
    let s2 = matrix[from + 2];
    let s3 = matrix[from + 3];
    let t0 = matrix[from + n];
    let t1 = matrix[from + n + 1];
    let t2 = matrix[from + n + 2];
    let t3 = matrix[from + n + 3];
    for (let k = 0; k < left; k++) {
      const x = factor[p + k];
      const y = factor[q + k];
      const c0 = factor[b0 + k];
      const c1 = factor[b1 + k];
      const c2 = factor[b2 + k];
      const c3 = factor[b3 + k];
      s0 -= x * c0;
      s1 -= x * c1;
      s2 -= x * c2;
      s3 -= x * c3;
      t0 -= y * c0;
      t1 -= y * c1;
      t2 -= y * c2;
      t3 -= y * c3;
    }
    const l10 = factor[b1 + left];
    const l20 = factor[b2 + left];
    const l21 = factor[b2 + left + 1];
    const l30 = factor[b3 + left];
    const l31 = factor[b3 + left + 1];
    const l32 = factor[b3 + left + 2];
    const d0 = factor[b0 + left];
    const d1 = factor[b1 + left + 1];
    const d2 = factor[b2 + left + 2];
    const d3 = factor[b3 + left + 3];
    s0 /= d0;
    t0 /= d0;
    s1 = (s1 - s0 * l10) / d1;
    t1 = (t1 - t0 * l10) / d1;
    s2 = (s2 - s0 * l20 - s1 * l21) / d2;
    t2 = (t2 - t0 * l20 - t1 * l21) / d2;
    s3 = (s3 - s0 * l30 - s1 * l31 - s2 * l32) / d3;
    t3 = (t3 - t0 * l30 - t1 * l31 - t2 * l32) / d3;
    factor[p + left] = s0;
    factor[p + left + 1] = s1;
    factor[p + left + 2] = s2;
    factor[p + left + 3] = s3;
    factor[q + left] = t0;
    factor[q + left + 1] = t1;
    factor[q + left + 2] = t2;
    factor[q + left + 3] = t3;
  }
}

/** Where row `last` of the factor failed: the combination of the rows before that takes it below 0. */
function falling(factor: Float64Array, n: number, last: number): Float64Array {
  const direction = new Float64Array(n);
  const row = (last * (last + 1)) / 2;
  for (let i = 0; i < last; i++) direction[i] = -factor[row + i];
  for (let i = last - 1; i >= 0; i--) {
    const from = (i * (i + 1)) / 2;
    direction[i] /= factor[from + i];
    for (let j = 0; j < i; j++) direction[j] -= factor[from + j] * direction[i];
  }
  direction[last] = 1;
  return direction;
}

function negative(
  matrix: Float64Array,
  n: number,
  direction: Float64Array,
  names: readonly string[] | undefined,
): EngineError {
  let length = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    length += direction[i] ** 2;
    if (Math.abs(direction[i]) > Math.abs(direction[largest])) largest = i;
  }
  const weights = direction.map((w) => w / Math.sqrt(length));
  const variance = quadraticForm(matrix, weights);
  const asset = names?.[largest];
  const where = asset === undefined ? '' : ` (mostly ${asset})`;
  return new EngineError(
    'not-psd',
    `The covariance is not positive semidefinite: it gives a portfolio${where} the variance ${variance.toExponential(2)}; estimate it from one common window or repair it.`,
    { variance, weights, ...(asset !== undefined && { asset }) },
  );
}
