import { EngineError } from '../errors.ts';
import { isPositiveDefinite } from '../linalg/cholesky.ts';
import { clipped } from '../linalg/clipped.ts';
import { checkSymmetric } from '../linalg/symmetric-matrix.ts';
import { correlations } from './deviations.ts';

/** A correlation that is one, and what had to be moved for it. */
export interface NearestCorrelation {
  /** n x n, row-major, positive semidefinite, ones on the diagonal. */
  readonly correlation: Float64Array;
  /** Largest change of an entry. */
  readonly largestChange: number;
  readonly iterations: number;
  /** What was mended, in plain sentences; empty when the input was a correlation. */
  readonly repairs: readonly string[];
}

const mostIterations = 5000;
const tolerance = 1e-12;

/**
 * The correlation matrix nearest to a symmetric matrix, by distance in all entries: alternating
 * projections on matrices without negative eigenvalues and on those with ones on the diagonal, with
 * Dykstra's correction.
 *
 * @param matrix n x n, row-major, symmetric
 * @throws {EngineError} 'bad-input' when it is not symmetric or holds a number that is not finite;
 *   'not-converged' when the projections still move after 5,000 rounds
 * @source Higham (2002), "Computing the nearest correlation matrix: a problem from finance"
 */
export function nearestCorrelation(matrix: Float64Array, n: number): NearestCorrelation {
  checkSymmetric(matrix, n);
  if (unitDiagonal(matrix, n) && isPositiveDefinite(matrix, n, 1e-14 * n)) {
    return { correlation: matrix.slice(), largestChange: 0, iterations: 0, repairs: [] };
  }
  const first = clipped(matrix, n);
  const y = matrix.slice();
  const correction = new Float64Array(n * n);
  const shifted = new Float64Array(n * n);
  let x = first.matrix;
  let moved = Number.POSITIVE_INFINITY;
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    for (let at = 0; at < y.length; at++) shifted[at] = y[at] - correction[at];
    if (iteration > 1) x = clipped(shifted, n).matrix;
    let gap = 0;
    let change = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        correction[at] = x[at] - shifted[at];
        const next = i === j ? 1 : x[at];
        gap = Math.max(gap, Math.abs(next - x[at]));
        change = Math.max(change, Math.abs(next - y[at]));
        y[at] = next;
      }
    }
    moved = Math.max(gap, change);
    if (moved <= tolerance) return answer(matrix, x, n, first.smallest, iteration);
  }
  throw new EngineError(
    'not-converged',
    'The nearest correlation was not reached; estimate the matrix from one common window.',
    { iterations: mostIterations, moved },
  );
}

function unitDiagonal(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) if (matrix[i * n + i] !== 1) return false;
  return true;
}

/** The projection without negative eigenvalues, its diagonal of almost one divided out. */
function answer(
  matrix: Float64Array,
  x: Float64Array,
  n: number,
  smallest: number,
  iterations: number,
): NearestCorrelation {
  const correlation = correlations(
    x,
    Float64Array.from({ length: n }, (_, i) => Math.sqrt(x[i * n + i])),
  );
  let largestChange = 0;
  for (let at = 0; at < matrix.length; at++)
    largestChange = Math.max(largestChange, Math.abs(correlation[at] - matrix[at]));
  const repairs = [
    `The correlations contradicted each other (smallest eigenvalue ${smallest.toPrecision(3)}); the nearest ones that agree were taken, none more than ${largestChange.toPrecision(3)} away.`,
  ];
  return { correlation, largestChange, iterations, repairs };
}
