import { EngineError } from '../errors.ts';

/**
 * Refuses a matrix that is not symmetric, or that holds a number that is not finite.
 *
 * @param matrix n x n, row-major
 * @throws {EngineError} 'bad-input' with the first offending place
 */
export function checkSymmetric(matrix: Float64Array, n: number): void {
  if (matrix.length !== n * n) {
    throw new EngineError('bad-input', `Give ${n} x ${n} numbers, not ${matrix.length}.`, {
      n,
      numbers: matrix.length,
    });
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const a = matrix[i * n + j];
      const b = matrix[j * n + i];
      const scale = Math.max(Math.abs(matrix[i * n + i]), Math.abs(matrix[j * n + j]), Math.abs(a));
      if (Math.abs(a - b) <= 1e-12 * scale) continue;
      throw new EngineError(
        'bad-input',
        `The matrix holds ${a} in row ${i}, column ${j} and ${b} across; give a symmetric one of finite numbers.`,
        { row: i, column: j, values: [a, b] },
      );
    }
  }
}
