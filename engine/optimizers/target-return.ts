import { EngineError } from '../errors.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings } from './allocation.ts';
import { covarianceForm } from './covariance-form.ts';
import { highestReturn, highestReturnIfAny } from './highest-return.ts';
import { costPriceOf } from './minimum-variance.ts';
import { portfolioProgram, scaledKinks } from './portfolio-program.ts';
import type { Allocation, Problem } from './problem.ts';
import { targetConflict } from './target-conflict.ts';

/**
 * The portfolio of least variance whose expected return reaches the target.
 *
 * The target is for every year and trading costs are paid once, so they stand beside the variance
 * and not in the target: when `riskAversion` gives them a price, variance + 2/riskAversion x costs
 * is minimised, and who trades to the answer is told to stay there. Without it they are reported
 * and change nothing.
 *
 * @returns shadow prices are variance per year saved by one unit of relaxation
 * @throws {EngineError} 'missing-parameter' without a target; 'bad-input' for one that is no number
 * @throws {Infeasible} when the limits do not allow the target, naming the nearest that works
 * @source Markowitz (1952)
 */
export function targetReturn(problem: Problem): Allocation {
  const { targetReturn: target } = problem;
  if (target === undefined) {
    throw new EngineError('missing-parameter', 'Target return needs a target; set targetReturn.', {
      parameter: 'targetReturn',
    });
  }
  if (!Number.isFinite(target)) {
    throw new EngineError(
      'bad-input',
      `The target return is ${target}; give a fraction per year, e.g. 0.06.`,
      { target },
    );
  }
  const { iterations, highest } = checkReachable(problem, target);
  const program = portfolioProgram(problem);
  const reached = {
    name: 'target return',
    coefficients: problem.expectedReturns,
    // A target that only rounding puts above the highest return is that.
    lower: Math.min(target, highest),
    upper: Infinity,
  };
  const solution = solveQuadraticProgram({
    ...program,
    ...scaledKinks(program, costPriceOf(problem)),
    rows: [...program.rows, reached],
    quadratic: covarianceForm(problem),
    linear: new Float64Array(problem.assets.length),
  });
  return allocation(problem, {
    method: 'target-return',
    weights: solution.x,
    binding: [
      ...bindings(problem, solution, 'variance', 2),
      {
        limit: 'target return',
        kind: 'target-return',
        bound: target,
        shadowPrice: 2 * solution.rowMultipliers[program.rows.length],
        shadowUnit: 'variance',
      },
    ],
    residual: solution.residual,
    iterations: iterations + solution.iterations,
    solvedBy: 'active set',
  });
}

/** The highest expected return must reach the target, costs aside. */
function checkReachable(
  { tradingCosts: _, ...problem }: Problem,
  target: number,
): { readonly iterations: number; readonly highest: number } {
  const best = highestReturnIfAny(problem);
  // Without limits every return can be had.
  if (best === null) return { iterations: 0, highest: Infinity };
  const highest = -best.objective;
  if (highest < target - 1e-11) {
    const name = 'target return';
    const reach = (relaxed: Problem) => -highestReturn(relaxed).objective;
    throw targetConflict(
      problem,
      { name, bound: target, reachable: highest, reach },
      bindings(problem, best, 'return', 1).filter((one) => one.shadowPrice > 1e-9),
    );
  }
  return { iterations: best.iterations, highest };
}
