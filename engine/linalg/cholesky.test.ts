import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../random.ts';
import { choleskyFactor, choleskySolve, isPositiveDefinite } from './cholesky.ts';
import { symmetricEigen } from './eigen.ts';
import { gram } from './gram.ts';

function draw(seed: number, count: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

const sizes = fc.record({ seed: fc.integer(), n: fc.integer({ min: 1, max: 40 }) });

describe('the Cholesky factor', () => {
  it('multiplies back to the matrix, has no upper half and solves it', () => {
    fc.assert(
      fc.property(sizes, ({ seed, n }) => {
        const matrix = gram(draw(seed, (n + 20) * n), n);
        const found = choleskyFactor(matrix, n);
        if (!('factor' in found)) throw new Error('a positive definite matrix was refused');
        const { factor } = found;
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let k = 0; k < n; k++) sum += factor[i * n + k] * factor[j * n + k];
            expect(Math.abs(sum - matrix[i * n + j])).toBeLessThan(1e-11);
            if (j > i) expect(factor[i * n + j]).toBe(0);
          }
        }
        const right = draw(seed + 1, 2 * n);
        const x = choleskySolve(factor, n, right, 2);
        for (let i = 0; i < n; i++) {
          for (let c = 0; c < 2; c++) {
            let sum = 0;
            for (let k = 0; k < n; k++) sum += matrix[i * n + k] * x[2 * k + c];
            expect(Math.abs(sum - right[2 * i + c])).toBeLessThan(1e-8);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stops at the first row that is a mix of those before it, or worse', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.boolean(), ({ seed, n }, place, worse) => {
        const at = 1 + (place % n);
        // Column `at` is the sum of all before it.
        const wide = draw(seed, (n + 25) * (n + 1)).map((value, cell, all) => {
          const column = cell % (n + 1);
          if (column !== at) return value;
          return all.subarray(cell - column, cell).reduce((sum, v) => sum + v, 0);
        });
        const matrix = gram(wide, n + 1);
        if (worse) matrix[at * (n + 2)] -= 1e-3;
        expect(choleskyFactor(matrix, n + 1)).toEqual({ failedAt: at });
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what is not a number, and takes what is empty', () => {
    expect(choleskyFactor(Float64Array.of(1, 0, 0, Number.NaN), 2)).toEqual({ failedAt: 1 });
    expect(choleskyFactor(new Float64Array(0), 0)).toEqual({ factor: new Float64Array(0) });
  });
});

describe('positive definiteness', () => {
  it('is what the smallest eigenvalue says, with a shift too', () => {
    fc.assert(
      fc.property(sizes, ({ seed, n }) => {
        const x = draw(seed, n * n);
        const matrix = x.map((value, at) => value + x[(at % n) * n + Math.floor(at / n)]);
        const smallest = symmetricEigen(matrix, n).values[0];
        expect(isPositiveDefinite(matrix, n, 1e-6 - smallest)).toBe(true);
        expect(isPositiveDefinite(matrix, n, -1e-6 - smallest)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});
