import { EngineError } from '../errors.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';
import type { RandomSource } from '../random.ts';

/**
 * One draw of chi-square.
 *
 * @param degrees positive, need not be whole
 * @source Marsaglia and Tsang (2000) for the gamma distribution
 */
export function chiSquare(degrees: number, random: RandomSource): number {
  const shape = degrees / 2;
  // Below shape 1 the method draws one higher and shrinks it.
  const boost = shape < 1 ? random.uniform() ** (1 / shape) : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return 2 * d * v * boost;
  }
}

/**
 * The lower triangle A of Bartlett's decomposition: A A' is Wishart with identity scale.
 *
 * @param degrees more than n - 1
 * @source Bartlett (1933)
 */
function bartlett(n: number, degrees: number, random: RandomSource): Float64Array {
  const triangle = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) triangle[i * n + j] = random.normal();
    triangle[i * n + i] = Math.sqrt(chiSquare(degrees - i, random));
  }
  return triangle;
}

/**
 * One draw of a Wishart matrix with mean degrees x scale.
 *
 * @param root n x n root R of the scale R R', row-major
 * @param degrees more than n - 1, or a whole number from 1: then the matrix is singular
 * @returns n x n, row-major
 * @throws {EngineError} 'bad-input' for other degrees
 */
export function wishart(
  root: Float64Array,
  n: number,
  degrees: number,
  random: RandomSource,
): Float64Array {
  if (degrees > n - 1) return squared(times(root, bartlett(n, degrees, random), n), n);
  if (!(Number.isInteger(degrees) && degrees >= 1)) {
    throw new EngineError('bad-input', 'A Wishart draw needs 1 degree of freedom or more.', {
      degrees,
      n,
    });
  }
  const noise = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let k = 0; k < degrees; k++) noise[i * n + k] = random.normal();
  return squared(times(root, noise, n), n);
}

/**
 * One draw of an inverse Wishart matrix with mean scale / (degrees - n - 1).
 *
 * @param scale n x n, row-major, positive definite
 * @param degrees more than n - 1
 * @throws {EngineError} 'not-psd' when the scale is not positive definite
 */
export function inverseWishart(
  scale: Float64Array,
  n: number,
  degrees: number,
  random: RandomSource,
): Float64Array {
  const factored = choleskyFactor(scale, n);
  if ('failedAt' in factored) {
    throw new EngineError(
      'not-psd',
      'The scale of a covariance is not positive definite; use more returns than assets.',
      { row: factored.failedAt },
    );
  }
  // With scale L L', the inverse of L^-T A A' L^-1 is (L A^-T)(L A^-T)'; X = A^-T solves A' X = I.
  const triangle = bartlett(n, degrees, random);
  const inverse = inverseTransposed(triangle, n);
  return squared(times(factored.factor, inverse, n), n);
}

/** A^-T of a lower triangle A: its columns are the rows of A^-1. */
function inverseTransposed(triangle: Float64Array, n: number): Float64Array {
  // A A' X = A gives X = A^-T.
  return choleskySolve(triangle, n, triangle, n);
}

/** A B, both n x n. */
function times(left: Float64Array, matrix: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const value = left[i * n + k];
      if (value === 0) continue;
      for (let j = 0; j < n; j++) result[i * n + j] += value * matrix[k * n + j];
    }
  return result;
}

/** M M'. */
function squared(matrix: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += matrix[i * n + k] * matrix[j * n + k];
      result[i * n + j] = sum;
      result[j * n + i] = sum;
    }
  }
  return result;
}
