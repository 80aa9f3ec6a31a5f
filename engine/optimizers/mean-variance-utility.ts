import { EngineError } from '../errors.ts';
import { scaledForm } from '../linalg/quadratic-form.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings } from './allocation.ts';
import { covarianceForm } from './covariance-form.ts';
import { portfolioProgram } from './portfolio-program.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * The portfolio of highest return - riskAversion/2 x variance - trading costs within the limits.
 *
 * @returns shadow prices are utility (return per year) gained by one unit of relaxation
 * @throws {EngineError} 'missing-parameter' without a risk aversion; 'bad-input' for a negative one
 * @throws {Infeasible} when no portfolio meets the limits
 * @source Markowitz (1959); costs as in Lobo, Fazel and Boyd (2007)
 */
export function meanVarianceUtility(problem: Problem): Allocation {
  const riskAversion = requiredRiskAversion(problem);
  const solution = solveQuadraticProgram({
    ...portfolioProgram(problem),
    quadratic: scaledForm(covarianceForm(problem), riskAversion),
    linear: problem.expectedReturns.map((r) => -r),
  });
  return allocation(problem, {
    method: 'mean-variance-utility',
    weights: solution.x,
    binding: bindings(problem, solution, 'utility', 1),
    residual: solution.residual,
    iterations: solution.iterations,
    solvedBy: 'active set',
  });
}

/** @throws {EngineError} 'missing-parameter' or 'bad-input' when there is no usable risk aversion */
export function requiredRiskAversion({ riskAversion }: Problem): number {
  if (riskAversion === undefined) {
    throw new EngineError(
      'missing-parameter',
      'Mean-variance utility needs a risk aversion; set riskAversion.',
      { parameter: 'riskAversion' },
    );
  }
  if (!(riskAversion >= 0 && riskAversion < Infinity)) {
    throw new EngineError(
      'bad-input',
      `Risk aversion is ${riskAversion}; give a number from 0 up.`,
      { riskAversion },
    );
  }
  return riskAversion;
}
