import { EngineError } from '../errors.ts';
import { type FactorCovariance, factorForm } from './factor-form.ts';
import { denseForm, type QuadraticForm } from './quadratic-form.ts';

/** A matrix in any of its guises: n x n numbers row-major, factors, or a form of its own. */
export type SymmetricMatrix = Float64Array | FactorCovariance | QuadraticForm;

/** The form of a matrix. */
export function formOf(matrix: SymmetricMatrix, n: number): QuadraticForm {
  if (matrix instanceof Float64Array) return denseForm(matrix, n);
  return 'loadings' in matrix ? factorForm(matrix, n) : matrix;
}

/** Side of the tiles in which a matrix is compared with its mirror: both fit the nearest cache. */
const tile = 32;

/**
 * Refuses a matrix that is not n x n, not finite or not symmetric.
 *
 * @param names n names for the message; positions by default
 * @returns a fingerprint of the numbers: matrices that differ have different ones, up to rounding
 * @throws {EngineError} 'bad-input' with the place and the numbers
 */
export function checkSymmetric(matrix: Float64Array, n: number, names?: readonly string[]): number {
  if (matrix.length !== n * n)
    throw bad(`the matrix has ${matrix.length} numbers where ${n * n} are needed`, {
      length: matrix.length,
      needed: n * n,
    });
  const at = (i: number) => names?.[i] ?? `row ${i}`;
  const key = new Float64Array(n);
  for (let i = 0; i < n; i++) key[i] = 1 + ((i * 0.6180339887498949) % 1);
  let print = 0;
  for (let top = 0; top < n; top += tile) {
    const bottom = Math.min(top + tile, n);
    for (let left = 0; left <= top; left += tile) {
      for (let i = top; i < bottom; i++) {
        const right = Math.min(left + tile, i + 1);
        const row = i * n;
        let sum = 0;
        for (let j = left; j < right; j++) {
          const value = matrix[row + j];
          const mirror = matrix[j * n + i];
          sum += value * key[j];
          // Written so that NaN and infinities fail it; equal numbers are the usual case.
          if (value === mirror && value - value === 0) continue;
          if (!(Number.isFinite(value) && Number.isFinite(mirror))) {
            throw bad(`the element of ${at(i)} and ${at(j)} is ${value} or ${mirror}`, {
              row: i,
              column: j,
              value,
              mirror,
            });
          }
          if (Math.abs(value - mirror) > 1e-9 * (Math.abs(value) + Math.abs(mirror))) {
            throw bad(
              `the element of ${at(i)} and ${at(j)} is ${value} but its mirror is ${mirror}`,
              {
                row: i,
                column: j,
                value,
                mirror,
              },
            );
          }
        }
        print += sum / key[i];
      }
    }
  }
  return print;
}

/**
 * Refuses factors whose sizes disagree or that are no covariance.
 *
 * @throws {EngineError} 'bad-input', or 'not-psd' for a negative specific variance
 */
export function checkFactors(
  factors: FactorCovariance,
  n: number,
  names?: readonly string[],
): void {
  const { loadings, factorCovariance, specificVariance } = factors;
  const k = n === 0 ? 0 : loadings.length / n;
  if (!Number.isInteger(k))
    throw bad(`${loadings.length} loadings do not divide among ${n} assets`, {
      loadings: loadings.length,
      assets: n,
    });
  if (specificVariance.length !== n)
    throw bad(`there are ${specificVariance.length} specific variances where ${n} are needed`, {
      length: specificVariance.length,
      needed: n,
    });
  for (let at = 0; at < loadings.length; at++) {
    if (Number.isFinite(loadings[at])) continue;
    const asset = names?.[Math.floor(at / k)] ?? Math.floor(at / k);
    throw bad(`the loading of ${asset} on factor ${at % k} is ${loadings[at]}`, {
      asset,
      factor: at % k,
      value: loadings[at],
    });
  }
  checkSymmetric(factorCovariance, k);
  for (let i = 0; i < n; i++) {
    const value = specificVariance[i];
    if (value >= 0 && value < Infinity) continue;
    const asset = names?.[i] ?? i;
    if (value < 0) {
      throw new EngineError(
        'not-psd',
        `The specific variance of ${asset} is ${value}; a variance is never negative.`,
        { asset, value },
      );
    }
    throw bad(`the specific variance of ${asset} is ${value}`, { asset, value });
  }
}

function bad(what: string, values: Record<string, unknown>): EngineError {
  return new EngineError('bad-input', `Cannot use this covariance: ${what}; correct it.`, values);
}
