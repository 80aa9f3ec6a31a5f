import { EngineError } from '../errors.ts';
import { isPositiveDefinite } from './cholesky.ts';
import type { FactorCovariance } from './factor-form.ts';
import { partialDot, quadraticForm } from './multiply.ts';
import { checkFactors, checkSymmetric } from './symmetric-matrix.ts';

/** Negative variance below this part of the largest element is rounding of the estimate. */
const rounding = 1e-10;

/** Matrices that were proved, with the fingerprint of the numbers they held then. */
const proved = new WeakMap<Float64Array, number>();

/**
 * Refuses a covariance that some portfolio would give a negative variance, whether or not a solution
 * would hold it. The proof is a Cholesky factor of the whole matrix: n^3/6 multiplications, some 2 ms
 * at 500 assets and 20 ms at 1,000. It is remembered with the array and a fingerprint of its numbers,
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
  const shift = rounding * scaleOf(matrix, n);
  if (shift > 0 && !isPositiveDefinite(matrix, n, shift)) {
    const direction = negativeDirection(matrix, n, shift);
    if (direction !== null) throw negative(matrix, n, direction, names);
  }
  proved.set(matrix, print);
}

/**
 * The largest variance, which is the largest element of a semidefinite matrix. Without any variance the
 * largest element of all: only where that is 0 as well is there nothing to prove.
 */
function scaleOf(matrix: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(matrix[i * n + i]));
  if (largest > 0) return largest;
  for (let at = 0; at < matrix.length; at++) largest = Math.max(largest, Math.abs(matrix[at]));
  return largest;
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
 * factor of matrix + shift x identity.
 *
 * @source Higham (2002), theorem 10.7, on what success proves
 */
function negativeDirection(matrix: Float64Array, n: number, shift: number): Float64Array | null {
  const factor = new Float64Array((n * (n + 1)) / 2);
  for (let i = 0; i < n; i++) {
    const row = (i * (i + 1)) / 2;
    for (let j = 0; j < i; j++) {
      const left = (j * (j + 1)) / 2;
      const sum = matrix[i * n + j] - partialDot(factor, row, factor, left, j);
      factor[row + j] = sum / factor[left + j];
    }
    const pivot = matrix[i * n + i] + shift - partialDot(factor, row, factor, row, i);
    if (!(pivot > 0)) return falling(factor, n, i);
    factor[row + i] = Math.sqrt(pivot);
  }
  return null;
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
