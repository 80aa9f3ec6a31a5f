import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { randomSource } from '../random.ts';
import { symmetricEigen } from './eigen.ts';
import { raiseVariances } from './raise-variances.ts';
import { checkSemidefinite } from './semidefinite.ts';

/** A symmetric matrix with the eigenvalues given, in random directions. */
function withEigenvalues(values: readonly number[], seed: number): Float64Array {
  const random = randomSource(seed);
  const n = values.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = values[i];
  for (let turn = 0; turn < 4 * n; turn++) {
    const a = random.integer(n);
    const b = (a + 1 + random.integer(Math.max(1, n - 1))) % n;
    if (a === b) continue;
    const angle = 6 * random.uniform();
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    for (const [row, step] of [
      [1, n],
      [n, 1],
    ]) {
      for (let i = 0; i < n; i++) {
        const x = matrix[i * step + a * row];
        const y = matrix[i * step + b * row];
        matrix[i * step + a * row] = c * x - s * y;
        matrix[i * step + b * row] = s * x + c * y;
      }
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j];
  return matrix;
}

function refusal(matrix: Float64Array, n: number): EngineError | null {
  try {
    checkSemidefinite(matrix, n);
    return null;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

describe('the proof that a covariance is positive semidefinite', () => {
  it('finds every indefinite matrix, however small its negative part, and shows a portfolio', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.double({ min: 1e-8, max: 1, noNaN: true }),
        (n, seed, part) => {
          const random = randomSource(seed);
          const values = Array.from({ length: n }, () => 0.01 + random.uniform());
          values[random.integer(n)] = -part * 0.1;
          const matrix = withEigenvalues(values, seed);
          const error = refusal(matrix, n);
          expect(error?.code).toBe('not-psd');
          const weights = error!.values.weights as Float64Array;
          let variance = 0;
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++) variance += weights[i] * matrix[i * n + j] * weights[j];
          expect(variance).toBeLessThan(0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('accepts every semidefinite one, singular or not, and one without any variance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        (n, seed) => {
          const random = randomSource(seed);
          const values = Array.from({ length: n }, () =>
            random.uniform() < 0.4 ? 0 : 10 ** (4 * random.uniform() - 4),
          );
          expect(refusal(withEigenvalues(values, seed), n)).toBeNull();
        },
      ),
      { numRuns: 400 },
    );
    expect(refusal(new Float64Array(9), 3)).toBeNull();
  });

  it('does not remember a matrix that was changed since', () => {
    const matrix = withEigenvalues([1, 2, 3, 4, 5], 8);
    expect(refusal(matrix, 5)).toBeNull();
    expect(refusal(matrix, 5)).toBeNull();
    matrix[1] = 9;
    matrix[5] = 9;
    expect(refusal(matrix, 5)?.code).toBe('not-psd');
  });

  it('names the place of a number that is not finite and of one that differs from its mirror', () => {
    const n = 50;
    const matrix = withEigenvalues(new Array(n).fill(1), 9);
    matrix[41 * n + 7] += 0.5;
    expect(refusal(matrix, n)).toMatchObject({ code: 'bad-input', values: { row: 41, column: 7 } });
    matrix[7 * n + 41] = Number.NaN;
    expect(refusal(matrix, n)?.message).toMatch(/NaN/);
    for (const wrong of [Number.POSITIVE_INFINITY, Number.NaN]) {
      const other = withEigenvalues(new Array(n).fill(1), 9);
      other[7 * n + 41] = wrong;
      other[41 * n + 7] = wrong;
      expect(refusal(other, n)?.code).toBe('bad-input');
    }
    expect(refusal(new Float64Array(8), 3)).toMatchObject({ values: { length: 8, needed: 9 } });
  });

  it('refuses covariances between assets without variance', () => {
    expect(refusal(Float64Array.of(0, 0.1, 0.1, 0), 2)?.code).toBe('not-psd');
    expect(refusal(Float64Array.of(-1), 1)?.code).toBe('not-psd');
    expect(refusal(Float64Array.of(0, 0, 1e-3, 0, 1, 0, 1e-3, 0, 0), 3)?.code).toBe('not-psd');
    expect(refusal(Float64Array.of(1, 1e6, 1e6, 1), 2)?.code).toBe('not-psd');
  });
});

describe('raising variances', () => {
  it('mends an indefinite covariance in its last assets only, touching nothing off the diagonal', () => {
    const values = [0.5, 0.3, 0.2, 0.1, -0.2, 0.4];
    const matrix = withEigenvalues(values, 5);
    const n = values.length;
    const order = [3, 1, 0, 5, 4, 2];
    const { covariance, raised } = raiseVariances(matrix, n, order);
    const { values: mendedValues } = symmetricEigen(covariance, n);
    expect(mendedValues[0]).toBeGreaterThan(-1e-12 * mendedValues[n - 1]);
    expect(raised.some((amount) => amount > 0)).toBe(true);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        expect(covariance[i * n + j]).toBe(matrix[i * n + j] + (i === j ? raised[i] : 0));
    const good = withEigenvalues([1, 2, 3], 6);
    expect(raiseVariances(good, 3, [0, 1, 2]).covariance).toEqual(good);
  });
});
