import { multiply } from '../../linalg/multiply.ts';
import type { RiskTerm } from './risk-term.ts';

/**
 * Half the variance of weights and of what is held aside: x'Qx/2 + c'x.
 *
 * @param quadratic m x m, row-major
 * @param linear m covariances with what is held aside
 */
export function varianceTerm(quadratic: Float64Array, linear: Float64Array): RiskTerm {
  const m = linear.length;
  return {
    extra: 0,
    pairs: 0,
    start: () => {},
    slope: (x, into) => {
      multiply(quadratic, x, into);
      for (let i = 0; i < m; i++) into[i] += linear[i];
    },
    multipliers: () => new Float64Array(),
    addCurvature: (matrix, size) => {
      for (let i = 0; i < m; i++)
        for (let j = 0; j <= i; j++) matrix[i * size + j] += quadratic[i * m + j];
    },
    addRight: () => {},
    complete: () => {},
    room: () => Infinity,
    move: () => {},
    products: () => 0,
    missing: () => 0,
  };
}
