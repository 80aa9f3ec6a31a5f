import type { Problem } from '../problem.ts';

/** The covariance of a problem, n x n; one given by factors is multiplied out. */
export function covarianceOf(problem: Problem): Float64Array {
  const { factors } = problem;
  if (factors === undefined) return problem.covariance;
  const { loadings, factorCovariance, specificVariance } = factors;
  const n = specificVariance.length;
  const k = loadings.length / n;
  const half = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let b = 0; b < k; b++) {
      let sum = 0;
      for (let a = 0; a < k; a++) sum += loadings[i * k + a] * factorCovariance[a * k + b];
      half[i * k + b] = sum;
    }
  }
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? specificVariance[i] : 0;
      for (let b = 0; b < k; b++) sum += half[i * k + b] * loadings[j * k + b];
      full[i * n + j] = sum;
      full[j * n + i] = sum;
    }
  }
  return full;
}
