import type { QuadraticForm } from './quadratic-form.ts';

/** A covariance per year given by factors: B F B' + D. No method expands it to n x n. */
export interface FactorCovariance {
  /** B: n x k, row-major. */
  readonly loadings: Float64Array;
  /** F: k x k, row-major, symmetric positive semidefinite. */
  readonly factorCovariance: Float64Array;
  /** D: n variances, not negative. */
  readonly specificVariance: Float64Array;
}

/** B F B' + D as a form: an element costs k, a product (n + members) x k, and memory n x k. */
export function factorForm(factors: FactorCovariance, n: number): QuadraticForm {
  const { loadings, factorCovariance, specificVariance } = factors;
  const k = n === 0 ? 0 : loadings.length / n;
  const weighted = new Float64Array(n * k);
  const diagonal = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let f = 0; f < k; f++) {
      const loading = loadings[i * k + f];
      if (loading === 0) continue;
      for (let g = 0; g < k; g++) weighted[i * k + g] += loading * factorCovariance[f * k + g];
    }
    let sum = specificVariance[i];
    for (let g = 0; g < k; g++) sum += weighted[i * k + g] * loadings[i * k + g];
    diagonal[i] = sum;
  }
  const exposure = new Float64Array(k);
  return {
    size: n,
    diagonal,
    entries(index, members, count, into) {
      const row = index * k;
      for (let m = 0; m < count; m++) {
        const other = members[m];
        let sum = other === index ? specificVariance[index] : 0;
        for (let g = 0; g < k; g++) sum += weighted[row + g] * loadings[other * k + g];
        into[m] = sum;
      }
    },
    addProduct(members, values, count, amount, into) {
      exposure.fill(0);
      for (let m = 0; m < count; m++) {
        const value = amount * values[m];
        if (value === 0) continue;
        const row = members[m] * k;
        for (let g = 0; g < k; g++) exposure[g] += value * loadings[row + g];
        into[members[m]] += value * specificVariance[members[m]];
      }
      for (let i = 0; i < n; i++) {
        const row = i * k;
        let sum = 0;
        for (let g = 0; g < k; g++) sum += weighted[row + g] * exposure[g];
        into[i] += sum;
      }
    },
  };
}
