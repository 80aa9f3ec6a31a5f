import { EngineError } from '../errors.ts';
import { type Tridiagonal, tridiagonal } from './tridiagonal.ts';

/** Eigenvalues in rising order with their vectors. */
export interface SymmetricEigen {
  /** n numbers, rising. */
  readonly values: Float64Array;
  /** n x n, row-major; column j belongs to values[j]. */
  readonly vectors: Float64Array;
}

/** Rounds an eigenvalue may take; two are usual. */
const mostRounds = 60;

/**
 * Eigenvalue decomposition of a symmetric matrix.
 *
 * @param matrix n x n, row-major, symmetric, finite
 * @throws {EngineError} 'bad-input' when a number is not finite; 'not-converged'
 * @source Golub and Van Loan, Matrix Computations, section 8.3 (implicit QL)
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const { reduced, scale } = solved(matrix, n, true);
  const { diagonal, rows, stride } = reduced;
  const order = rising(diagonal);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) vectors[i * n + j] = rows[order[j] * stride + i];
  return { values: Float64Array.from(order, (at) => scale * diagonal[at]), vectors };
}

/**
 * Eigenvalues alone, at a fifth of the price.
 *
 * @param matrix n x n, row-major, symmetric, finite
 * @returns n numbers, rising
 * @throws {EngineError} 'bad-input' when a number is not finite; 'not-converged'
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const { reduced, scale } = solved(matrix, n, false);
  return reduced.diagonal.map((value) => scale * value).sort();
}

function rising(values: Float64Array): Int32Array {
  const order = Int32Array.from(values, (_, at) => at);
  return order.sort((a, b) => values[a] - values[b] || a - b);
}

/** The matrix scaled to a largest element of 1, its tridiagonal form made diagonal. */
function solved(matrix: Float64Array, n: number, vectors: boolean) {
  let largest = 0;
  for (let at = 0; at < n * n; at++) {
    const size = Math.abs(matrix[at]);
    if (!(size < Infinity)) {
      throw new EngineError(
        'bad-input',
        `The matrix holds ${matrix[at]} in row ${Math.floor(at / n)}, column ${at % n}; give finite numbers.`,
        { row: Math.floor(at / n), column: at % n, value: matrix[at] },
      );
    }
    if (size > largest) largest = size;
  }
  const scale = largest > 0 ? largest : 1;
  const reduced = tridiagonal(
    matrix.map((value) => value / scale),
    n,
    vectors,
  );
  diagonalise(reduced, n);
  return { reduced, scale };
}

/** Rotations until nothing stands beside the diagonal. */
function diagonalise({ diagonal: d, beside, rotate }: Tridiagonal, n: number): void {
  const e = new Float64Array(n);
  e.set(beside.subarray(1));
  const turns = new Float64Array(2 * n);
  for (let low = 0; low < n; low++) {
    for (let round = 0; ; round++) {
      let high = low;
      while (high < n - 1 && !negligible(e[high], d[high], d[high + 1])) high++;
      if (high === low) break;
      if (round === mostRounds) {
        throw new EngineError(
          'not-converged',
          'The eigenvalues of the matrix were not reached; check that its elements are of one scale.',
          { eigenvalue: low, rounds: round },
        );
      }
      rotate(high - 1, sweep(d, e, low, high, turns), turns);
    }
  }
}

/** The scale is 1, so below the square of rounding nothing counts, beside zeros too. */
function negligible(beside: number, one: number, other: number): boolean {
  const size = Math.abs(one) + Math.abs(other) + Number.EPSILON;
  return Math.abs(beside) <= Number.EPSILON * size;
}

/**
 * One implicit QL step on rows low to high, from below.
 *
 * @param turns overwritten: cosine and sine of each rotation
 * @returns number of rotations
 */
function sweep(d: Float64Array, e: Float64Array, low: number, high: number, turns: Float64Array) {
  let g = (d[low + 1] - d[low]) / (2 * e[low]);
  let r = Math.hypot(g, 1);
  g = d[high] - d[low] + e[low] / (g + (g < 0 ? -r : r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = s * e[i];
    const b = c * e[i];
    r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[high] = 0;
      return high - 1 - i;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    r = (d[i] - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
    turns[2 * (high - 1 - i)] = c;
    turns[2 * (high - 1 - i) + 1] = s;
  }
  d[low] -= p;
  e[low] = g;
  e[high] = 0;
  return high - low;
}
