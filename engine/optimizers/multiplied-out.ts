import { covarianceForm } from './covariance-form.ts';
import type { Problem } from './problem.ts';

/**
 * The covariance of a problem as n x n numbers; one given by factors is multiplied out. For methods that
 * read every correlation anyway.
 */
export function multipliedOut(problem: Problem): Float64Array {
  if (problem.factors === undefined) return problem.covariance;
  const n = problem.assets.length;
  const form = covarianceForm(problem);
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    form.entries(i, all, i + 1, full.subarray(i * n, i * n + i + 1));
    for (let j = 0; j < i; j++) full[j * n + i] = full[i * n + j];
  }
  return full;
}
