import type { FactorCovariance } from '../problem.ts';

/** A factor covariance multiplied out, B F B' + D, by the definition. */
export function expanded({ loadings, factorCovariance, specificVariance }: FactorCovariance) {
  const n = specificVariance.length;
  const k = loadings.length / n;
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? specificVariance[i] : 0;
      for (let a = 0; a < k; a++)
        for (let b = 0; b < k; b++)
          sum += loadings[i * k + a] * factorCovariance[a * k + b] * loadings[j * k + b];
      full[i * n + j] = sum;
      full[j * n + i] = sum;
    }
  }
  return full;
}
