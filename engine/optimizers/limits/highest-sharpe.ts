import { EngineError } from '../../errors.ts';
import { netReturnOf } from '../allocation.ts';
import type { Problem } from '../problem.ts';
import type { ConvexFunction, ConvexProgram, ConvexSolution } from './convex-program.ts';
import { limitedProgram } from './family-program.ts';
import { solveConvex } from './solve-convex.ts';

export interface HighestSharpe {
  readonly program: ConvexProgram;
  readonly solution: ConvexSolution;
  /** The risk of the solution by the measure. */
  readonly risk: number;
}

/**
 * Highest (net return - risk-free) / risk under all limits: for a trial ratio, the portfolio that
 * beats it most; its own ratio is the next trial, until none beats it.
 *
 * @param measure a risk that doubles when all weights do
 * @throws {EngineError} 'no-excess-return' or 'zero-variance' when there is no ratio to speak of
 * @source Dinkelbach (1967)
 */
export function highestSharpe(
  problem: Problem,
  measure: ConvexFunction,
  limited: Omit<ConvexProgram, 'quadratic' | 'linear'> = limitedProgram(problem, 1),
): HighestSharpe {
  const n = problem.assets.length;
  const linear = problem.expectedReturns.map((r) => -r);
  const straight: ConvexProgram = { ...limited, quadratic: new Float64Array(n * n), linear };
  const excess = (x: Float64Array) => netReturnOf(problem, x) - problem.riskFree;
  let solution = solveConvex(straight);
  let { iterations, rounds } = solution;
  if (!(excess(solution.x) > 1e-12)) {
    throw new EngineError(
      'no-excess-return',
      `No portfolio within the limits beats the risk-free rate of ${(100 * problem.riskFree).toFixed(1)} %; hold cash or lower the costs.`,
      { highestReturn: excess(solution.x) + problem.riskFree, riskFree: problem.riskFree },
    );
  }
  for (let trial = 0; trial < 60; trial++) {
    const risk = measure.at(solution.x).value;
    if (!(risk > 1e-9)) {
      throw new EngineError(
        'zero-variance',
        'A portfolio beats the risk-free rate without any risk; check the expected returns and the covariance.',
        { excess: excess(solution.x) },
      );
    }
    const ratio = excess(solution.x) / risk;
    const program = { ...straight, terms: [{ weight: ratio, measure }] };
    solution = solveConvex(program, solution.x);
    iterations += solution.iterations;
    rounds += solution.rounds;
    const there = measure.at(solution.x).value;
    const gain = excess(solution.x) - ratio * there;
    if (gain <= 1e-13 * Math.max(ratio * there, 1e-6))
      return { program, solution: { ...solution, iterations, rounds }, risk: there };
  }
  throw new EngineError(
    'not-converged',
    'No trial ratio was the highest; check the covariance.',
    {},
  );
}
