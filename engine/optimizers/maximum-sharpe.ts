import { EngineError } from '../errors.ts';
import type { Solution } from '../solvers/quadratic-program.ts';
import { optimality, solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings, netReturnOf, volatilityOf } from './allocation.ts';
import { covarianceForm } from './covariance-form.ts';
import { highestReturnIfAny } from './highest-return.ts';
import { homogeneousProgram } from './homogeneous-program.ts';
import { portfolioProgram } from './portfolio-program.ts';
import type { Allocation, Problem } from './problem.ts';
import { tangentPoint } from './tangent-point.ts';

/**
 * The portfolio of highest Sharpe ratio: expected return less trading costs less the risk-free rate,
 * over volatility. Where cash makes several portfolios equally good, the one with the least cash.
 *
 * Solved exactly as one quadratic program in multiples of the portfolio: the multiple with a fixed
 * excess return and the least variance. There every bound becomes a row; where there are many, and no
 * cash, the same portfolio is found on the efficient frontier, where bounds stay bounds.
 *
 * @returns shadow prices are Sharpe ratio gained by one unit of relaxation
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'no-excess-return' when no portfolio within the limits beats the risk-free
 *   rate; 'zero-variance' when one does so without any risk; 'unbounded' when open limits let the ratio
 *   rise with ever larger positions
 * @source Tutuncu and Cornuejols (2007), section 8.2
 */
export function maximumSharpe(problem: Problem): Allocation {
  const best = highestReturnIfAny(problem);
  if (best === null) return inMultiples(problem, largestExcess(problem), 0);
  const most = -best.objective - problem.riskFree;
  if (!(most > 1e-12)) {
    throw new EngineError(
      'no-excess-return',
      `No portfolio within the limits beats the risk-free rate of ${(100 * problem.riskFree).toFixed(1)} %; hold cash or lower the costs.`,
      { highestReturn: -best.objective, riskFree: problem.riskFree },
    );
  }
  return bySingleBounds(problem, best) ?? inMultiples(problem, most, best.iterations);
}

/** Bounds beyond no shorting that are cheaper kept as bounds. */
const manyBounds = 8;

/** As a point of the frontier; null where that is not the way. */
function bySingleBounds(problem: Problem, best: Solution): Allocation | null {
  const { lower, upper } = problem.limits;
  const { diagonal } = covarianceForm(problem);
  let bounds = 0;
  for (let i = 0; i < lower.length; i++) {
    // With cash many portfolios are equally good, and only multiples tell which has the least of it.
    if (diagonal[i] === 0) return null;
    if (upper[i] < 1 || (lower[i] !== 0 && lower[i] > -Infinity)) bounds++;
  }
  if (bounds <= manyBounds) return null;
  const found = tangentPoint(problem, portfolioProgram(problem), best.x);
  if (found === null) return null;
  const { solution, volatility } = found.point;
  const residual = Math.max(solution.residual, found.miss);
  if (!(residual < optimality && volatility > 1e-9)) return null;
  const sharpe = (netReturnOf(problem, solution.x) - problem.riskFree) / volatility;
  // A price in variance/2 - tolerance x return is Sharpe / variance of it in Sharpe.
  return allocation(problem, {
    method: 'maximum-sharpe',
    weights: solution.x,
    binding: bindings(problem, solution, 'sharpe', sharpe / volatility ** 2),
    residual,
    iterations: best.iterations + found.iterations,
    solvedBy: 'active set along the frontier',
  });
}

/** The size of excess returns, where they have no highest. */
function largestExcess({ expectedReturns, riskFree }: Problem): number {
  return expectedReturns.reduce((most, r) => Math.max(most, Math.abs(r - riskFree)), 0);
}

/** A multiple below this part of its positions is that of a portfolio without end. */
const endless = 1e-9;

/** @param most the excess return that the multiple shall have */
function inMultiples(problem: Problem, most: number, iterations: number): Allocation {
  const { program, excess, weights, boundMultipliers, rowMultipliers } =
    homogeneousProgram(problem);
  const gain = {
    name: 'excess return',
    coefficients: excess(problem.riskFree),
    lower: most,
    upper: most,
  };
  const solution = solveQuadraticProgram({
    ...program,
    rows: [...program.rows, gain],
    linear: new Float64Array(program.names.length),
  });
  const multiple = solution.x[solution.x.length - 1];
  const largest = solution.x.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  if (!(multiple > endless * largest)) {
    throw new EngineError(
      'unbounded',
      'The Sharpe ratio rises without end as positions grow; give every weight a limit.',
      { multiple, largest },
    );
  }
  const x = weights(solution.x);
  const volatility = volatilityOf(problem, x);
  if (!(volatility > 1e-9)) {
    throw new EngineError(
      'zero-variance',
      'A portfolio beats the risk-free rate without any risk; check the expected returns and the covariance.',
      {
        excess: netReturnOf(problem, x) - problem.riskFree,
        assets: problem.assets.filter((_, i) => Math.abs(x[i]) > 1e-9),
      },
    );
  }
  const sharpe = (netReturnOf(problem, x) - problem.riskFree) / volatility;
  // Half the variance is most^2 / (2 Sharpe^2): a price in it is Sharpe^3 / most^2 in Sharpe, per k.
  const scale = (multiple * sharpe ** 3) / most ** 2;
  const prices = {
    boundMultipliers: boundMultipliers(solution),
    rowMultipliers: rowMultipliers(solution),
  };
  return allocation(problem, {
    method: 'maximum-sharpe',
    weights: x,
    binding: bindings(problem, prices, 'sharpe', scale),
    residual: solution.residual,
    iterations: iterations + solution.iterations,
    solvedBy: 'active set in multiples of the portfolio',
  });
}
