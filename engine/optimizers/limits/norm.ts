import { multiply } from '../../linalg/multiply.ts';
import type { ConvexFunction } from './convex-program.ts';

/**
 * The length sqrt((x - center)' M (x - center)): volatility without a center, tracking error with
 * the benchmark as center.
 *
 * @param matrix n x n, row-major, symmetric positive semidefinite
 * @param center n numbers; zeros when absent
 */
export function norm(matrix: Float64Array, center?: Float64Array): ConvexFunction {
  const slope = (x: Float64Array): { value: number; gradient: Float64Array } => {
    const away = center === undefined ? x : x.map((v, i) => v - center[i]);
    const gradient = multiply(matrix, away);
    let square = 0;
    for (let i = 0; i < away.length; i++) square += away[i] * gradient[i];
    const value = Math.sqrt(Math.max(0, square));
    // At the center the function has every slope of a ball; nothing is one of them.
    if (value > 0) for (let i = 0; i < gradient.length; i++) gradient[i] /= value;
    else gradient.fill(0);
    return { value, gradient };
  };
  return {
    at: slope,
    addCurvature: (x, weight, into) => {
      const { value, gradient } = slope(x);
      if (!(value > 0)) return;
      const n = x.length;
      const scale = weight / value;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++)
          into[i * n + j] += scale * (matrix[i * n + j] - gradient[i] * gradient[j]);
      }
    },
  };
}
