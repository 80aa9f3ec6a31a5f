import { solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings } from './allocation.ts';
import { riskyPart } from './budgeting/risky-part.ts';
import { volatilities } from './budgeting/volatilities.ts';
import { multipliedOut } from './multiplied-out.ts';
import { portfolioProgram } from './portfolio-program.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * The portfolio of least variance if all assets were equally volatile: minimise w'Cw over the weights
 * themselves, C the correlations. The weights are not divided by volatilities afterwards: Christoffersen
 * and others take the minimiser as it stands, and dividing would give another method that has a name of
 * its own, maximum diversification. Assets without volatility have no correlation and are held as
 * little as the limits permit, which `repairs` says. Trading costs are reported and change nothing.
 *
 * @returns shadow prices are w'Cw saved by one unit of relaxation
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when no asset carries risk
 * @source Christoffersen, Errunza, Jacobs and Langlois (2012)
 */
export function maximumDecorrelation(problem: Problem): Allocation {
  const { names, lower, upper, rows } = portfolioProgram(problem);
  const n = names.length;
  const volatility = volatilities(problem);
  const { members, aside, repairs } = riskyPart(problem, volatility);
  const covariance = multipliedOut(problem);
  const quadratic = new Float64Array(n * n);
  for (const i of members) {
    for (const j of members)
      quadratic[i * n + j] = covariance[i * n + j] / (volatility[i] * volatility[j]);
  }
  const heldLower = lower.slice();
  const heldUpper = upper.slice();
  const risky = new Set(members);
  for (let i = 0; i < n; i++) {
    if (risky.has(i)) continue;
    heldLower[i] = aside[i];
    heldUpper[i] = aside[i];
  }
  const solution = solveQuadraticProgram({
    names,
    lower: heldLower,
    upper: heldUpper,
    rows,
    quadratic,
    linear: new Float64Array(n),
  });
  const prices = {
    ...solution,
    boundMultipliers: solution.boundMultipliers.map((price, i) => (risky.has(i) ? price : 0)),
  };
  return {
    ...allocation(problem, {
      method: 'maximum-decorrelation',
      weights: solution.x,
      binding: bindings(problem, prices, 'risk', 2),
      residual: solution.residual,
      iterations: solution.iterations,
      solvedBy: 'active set',
    }),
    ...(repairs.length > 0 && { repairs }),
  };
}
