import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagonalPart } from './diagonal-part.ts';
import { perspectiveVariance, rootOf } from './perspective.ts';

test('the curvature of a volatility held in part is symmetric to the last bit, however small it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 15, maxLength: 15 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      fc.constantFrom(1, 1e-9, 1e-18),
      (loadings, held, scale) => {
        const n = 5;
        const matrix = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j <= i; j++) {
            for (let f = 0; f < 3; f++)
              matrix[i * n + j] += loadings[3 * i + f] * loadings[3 * j + f];
            if (i === j) matrix[i * n + j] += 0.01;
            matrix[j * n + i] = matrix[i * n + j];
          }
        }
        const own = diagonalPart(matrix, n);
        const undecided = { members: [0, 1, 2, 3, 4], left: 2 };
        const square = perspectiveVariance(matrix, own, undecided);
        const x = Float64Array.from(held, (share) => scale * share);
        for (const measure of [square, rootOf(square)]) {
          const into = new Float64Array(n * n);
          measure.addCurvature!(x, 0.7, into);
          for (let i = 0; i < n; i++)
            for (let j = 0; j < i; j++) expect(into[i * n + j]).toBe(into[j * n + i]);
        }
      },
    ),
    { numRuns: 300 },
  );
});
