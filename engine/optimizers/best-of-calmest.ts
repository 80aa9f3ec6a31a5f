import { isPositiveDefinite } from '../linalg/cholesky.ts';
import { product } from '../linalg/quadratic-form.ts';
import type { Solution } from '../solvers/quadratic-program.ts';
import { covarianceForm } from './covariance-form.ts';
import { highestReturn } from './highest-return.ts';
import { multipliedOut } from './multiplied-out.ts';
import type { LinearLimit, Problem } from './problem.ts';

/** Eigenvalues below this part of the largest variance leave the least variance to several portfolios. */
const flat = 1e-12;

/**
 * Of all portfolios of least variance the one of highest return: several riskless assets, or mixes that
 * replicate each other, vary equally little and need not earn the same. Portfolios of least variance
 * share their covariances with every asset, which are lines.
 *
 * @param calmest one portfolio of least variance, with its multipliers: they hold for all of them
 */
export function bestOfCalmest(problem: Problem, calmest: Solution): Solution {
  const n = problem.assets.length;
  const covariance = multipliedOut(problem);
  const form = covarianceForm(problem);
  const largest = form.diagonal.reduce((most, variance) => Math.max(most, variance), 0);
  if (isPositiveDefinite(covariance, n, -flat * largest)) return calmest;
  const shared = product(form, calmest.x);
  const width = 1e-14 * shared.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const alike: LinearLimit[] = [];
  for (let i = 0; i < n; i++) {
    if (form.diagonal[i] === 0) continue;
    alike.push({
      name: `covariance with ${problem.assets[i]}`,
      coefficients: covariance.slice(i * n, (i + 1) * n),
      lower: shared[i] - width,
      upper: shared[i] + width,
    });
  }
  const { limits } = problem;
  const best = highestReturn(
    { ...problem, limits: { ...limits, linear: [...limits.linear, ...alike] } },
    { center: calmest.x },
  );
  return {
    ...calmest,
    x: best.x,
    residual: Math.max(calmest.residual, best.residual),
    iterations: calmest.iterations + best.iterations,
  };
}
