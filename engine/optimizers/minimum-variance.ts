import type { Solution } from '../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings } from './allocation.ts';
import { covarianceForm } from './covariance-form.ts';
import { portfolioProgram, scaledKinks } from './portfolio-program.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * The portfolio of least variance within the limits.
 *
 * Variance has no price in return of its own: trading costs count when `riskAversion` gives one
 * (variance + 2/riskAversion x costs is minimised); without it they are reported and change nothing.
 *
 * @returns shadow prices are variance per year saved by one unit of relaxation
 * @throws {Infeasible} when no portfolio meets the limits
 * @source Markowitz (1952)
 */
export function minimumVariance(problem: Problem): Allocation {
  const solution = leastVariance(problem, costPriceOf(problem));
  return allocation(problem, {
    method: 'minimum-variance',
    weights: solution.x,
    binding: bindings(problem, solution, 'variance', 2),
    residual: solution.residual,
    iterations: solution.iterations,
    solvedBy: 'active set',
  });
}

/** What a unit of trading cost is worth in variance/2; 0 without a risk aversion to tell. */
export function costPriceOf({ riskAversion }: Problem): number {
  return riskAversion !== undefined && riskAversion > 0 ? 1 / riskAversion : 0;
}

/**
 * The portfolio of least variance/2 + costPrice x trading costs.
 *
 * @param costPrice variance per unit of cost; 0 leaves costs out
 */
export function leastVariance(problem: Problem, costPrice = 0): Solution {
  const program = portfolioProgram(problem);
  return solveQuadraticProgram({
    ...program,
    ...scaledKinks(program, costPrice),
    quadratic: covarianceForm(problem),
    linear: new Float64Array(problem.assets.length),
  });
}
