import { EngineError } from '../errors.ts';
import { allocation } from './allocation.ts';
import { volatilities } from './budgeting/volatilities.ts';
import { checkProblem } from './check-problem.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * The portfolio of highest diversification ratio: the weighted mean of its assets' volatilities over
 * its own volatility. Its condition is that of the maximum Sharpe ratio with volatilities in place of
 * excess returns. Trading costs have no price in it: they are reported and change nothing. Of equally
 * good portfolios the one with the least of assets without risk is taken.
 *
 * @returns shadow prices are diversification ratio gained by one unit of relaxation
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when nothing that may be held carries risk, or when the risks
 *   of a portfolio within the limits cancel out, so that the ratio has no bound
 * @source Choueifaty and Coignard (2008)
 */
export function maximumDiversification(problem: Problem): Allocation {
  // Before its numbers are replaced: what stands beside the answer must be right as well.
  checkProblem(problem);
  const { tradingCosts: _, marketImpact: __, ...free } = problem;
  const posed: Problem = { ...free, expectedReturns: volatilities(problem), riskFree: 0 };
  const best = proved(posed);
  return allocation(problem, {
    method: 'maximum-diversification',
    weights: best.weights,
    binding: best.binding.map((one) => ({ ...one, shadowUnit: 'ratio' })),
    residual: best.residual,
    iterations: best.iterations,
    solvedBy: best.solvedBy,
  });
}

function proved(posed: Problem): Allocation {
  try {
    return maximumSharpe(posed);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.code === 'no-excess-return') {
      throw new EngineError(
        'zero-variance',
        'Nothing that the limits allow carries any risk, so there is nothing to diversify; allow an asset with risk.',
        { volatilities: posed.expectedReturns },
      );
    }
    if (error.code === 'zero-variance') {
      throw new EngineError(
        'zero-variance',
        'The risks of a portfolio within the limits cancel out, so diversification has no bound; drop one of the mirrored assets or shrink the covariance.',
        { volatilities: posed.expectedReturns },
      );
    }
    throw error;
  }
}
