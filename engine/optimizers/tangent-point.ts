import { netReturnOf } from './allocation.ts';
import { varianceOf } from './covariance-form.ts';
import { type FrontierPoint, frontierPoint } from './frontier.ts';
import type { PortfolioProgram } from './portfolio-program.ts';
import type { Problem } from './problem.ts';

/** The frontier's point of highest Sharpe ratio, and how far from it the answer may be. */
export interface TangentPoint {
  readonly point: FrontierPoint;
  /** |variance - risk tolerance x excess return|, relative; 0 where a line from the risk-free rate touches. */
  readonly miss: number;
  readonly iterations: number;
}

/**
 * Follows the efficient frontier to where its risk tolerance is variance over excess return: there a
 * line from the risk-free rate touches it. From any portfolio, the point at that portfolio's own
 * quotient has no lower a Sharpe ratio; and between points held by the same limits the condition is
 * linear in the tolerance, so that the last step is exact.
 *
 * @param from weights with a positive excess return over `problem.riskFree`
 * @returns null when the quotients do not come to rest
 * @source Dinkelbach (1967); Markowitz (1959), critical line
 */
export function tangentPoint(
  problem: Problem,
  program: PortfolioProgram,
  from: Float64Array,
): TangentPoint | null {
  let iterations = 0;
  let before: Visit | null = null;
  let below = 0;
  let above = Infinity;
  let tolerance = varianceOf(problem, from) / (netReturnOf(problem, from) - problem.riskFree);
  for (let step = 0; step < 60; step++) {
    if (!(tolerance > 0 && tolerance < Infinity)) return null;
    const point = frontierPoint(problem, program, tolerance, before?.point.solution.workingSet);
    iterations += point.solution.iterations;
    const variance = point.volatility ** 2;
    const excess = netReturnOf(problem, point.solution.x) - problem.riskFree;
    const visit = { point, miss: variance - tolerance * excess };
    const miss = Math.abs(visit.miss) / variance;
    if (miss <= 1e-13 || (step > 12 && miss <= 1e-10)) return { point, miss, iterations };
    if (visit.miss > 0) below = tolerance;
    else above = tolerance;
    const within = (guess: number) => guess > below && guess < above;
    const guesses: number[] = [
      before === null ? Number.NaN : secant(before, visit),
      variance / excess,
    ];
    // Without an upper end yet, one is looked for.
    tolerance = guesses.find(within) ?? (above < Infinity ? (below + above) / 2 : 4 * tolerance);
    before = visit;
  }
  return null;
}

interface Visit {
  readonly point: FrontierPoint;
  readonly miss: number;
}

/** Where the condition would hold if it were linear; between points held by the same limits it is. */
function secant(a: Visit, b: Visit): number {
  const from = a.point.riskTolerance;
  const to = b.point.riskTolerance;
  return to - (b.miss * (to - from)) / (b.miss - a.miss);
}
