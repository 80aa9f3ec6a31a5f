import type { FactorCovariance } from '../optimizers/problem.ts';

/**
 * A factor covariance per year from one per period, as a `Problem` takes it: variances grow with
 * time, loadings do not.
 *
 * @param periodsPerYear e.g. 252
 */
export function annualFactors(factors: FactorCovariance, periodsPerYear: number): FactorCovariance {
  return {
    loadings: factors.loadings,
    factorCovariance: factors.factorCovariance.map((value) => periodsPerYear * value),
    specificVariance: factors.specificVariance.map((value) => periodsPerYear * value),
  };
}
