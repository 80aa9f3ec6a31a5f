import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { randomSource } from '../random.ts';
import { symmetricEigen, symmetricEigenvalues } from './eigen.ts';
import { gram } from './gram.ts';

function draw(seed: number, count: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

/** Symmetric matrices as they come: full, of low rank, diagonal, with equal eigenvalues, graded. */
const kinds = ['full', 'low rank', 'diagonal', 'equal', 'graded', 'zero'] as const;

function symmetric(kind: (typeof kinds)[number], seed: number, n: number): Float64Array {
  const x = draw(seed, n * n);
  const at = (i: number, j: number) => {
    switch (kind) {
      case 'full':
        return x[i * n + j] + x[j * n + i];
      case 'low rank':
        return x[i] * x[j] + (n > 1 ? x[n + i] * x[n + j] : 0);
      case 'diagonal':
        return i === j ? x[i] : 0;
      case 'equal':
        return i === j ? 2 : 1;
      case 'graded':
        return (x[i * n + j] + x[j * n + i]) * 10 ** (-(i + j) / 2);
      case 'zero':
        return 0;
    }
  };
  return Float64Array.from({ length: n * n }, (_, cell) => at(Math.floor(cell / n), cell % n));
}

const matrices = fc.record({
  kind: fc.constantFrom(...kinds),
  seed: fc.integer(),
  n: fc.integer({ min: 1, max: 30 }),
  scale: fc.constantFrom(1, 1e-9, 1e12),
});

describe('the eigenvalues of a symmetric matrix', () => {
  it('have orthonormal vectors that rebuild it, rise, and are those of another program', () => {
    fc.assert(
      fc.property(matrices, ({ kind, seed, n, scale }) => {
        const matrix = symmetric(kind, seed, n).map((value) => scale * value);
        const size = Math.max(...matrix.map(Math.abs), 1e-300);
        const { values, vectors } = symmetricEigen(matrix, n);
        for (let i = 0; i < n; i++) {
          if (i > 0) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]);
          for (let j = 0; j < n; j++) {
            let rebuilt = 0;
            let product = 0;
            for (let k = 0; k < n; k++) {
              rebuilt += (vectors[i * n + k] * values[k] * vectors[j * n + k]) / size;
              product += vectors[k * n + i] * vectors[k * n + j];
            }
            expect(Math.abs(rebuilt - matrix[i * n + j] / size)).toBeLessThan(1e-13 * n);
            expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-13 * n);
          }
        }
        const full = Matrix.from1DArray(n, n, matrix);
        const other = new EigenvalueDecomposition(full, { assumeSymmetric: true });
        const expected = Float64Array.from(other.realEigenvalues).sort();
        const alone = symmetricEigenvalues(matrix, n);
        for (let k = 0; k < n; k++) {
          expect(Math.abs(values[k] - expected[k])).toBeLessThan(1e-13 * n * size);
          expect(Math.abs(values[k] - alone[k])).toBeLessThan(1e-14 * n * size);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('of more days than its memory was kept for are right too, and the same the second time', () => {
    const n = 211;
    const matrix = gram(draw(2, 300 * n), n);
    const { values, vectors } = symmetricEigen(matrix, n);
    symmetricEigen(matrix.subarray(0, 25), 5);
    expect(symmetricEigen(matrix, n)).toEqual({ values, vectors });
    let trace = 0;
    for (let i = 0; i < n; i++) trace += matrix[i * (n + 1)];
    expect(values.reduce((sum, v) => sum + v, 0) / trace).toBeCloseTo(1, 13);
    const last = vectors.filter((_, at) => at % n === n - 1);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += matrix[i * n + j] * last[j];
      expect(Math.abs(sum - values[n - 1] * last[i])).toBeLessThan(1e-12 * values[n - 1]);
    }
  });

  it('are refused for a number that is not finite, with its place', () => {
    const matrix = Float64Array.of(1, 0, 0, Number.NaN);
    try {
      symmetricEigen(matrix, 2);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      expect([error.code, error.values.row, error.values.column]).toEqual(['bad-input', 1, 1]);
    }
  });
});
