import { netReturnOf } from './allocation.ts';
import { varianceOf } from './covariance-form.ts';
import { type FrontierPoint, frontierPoint, onOneLine } from './frontier.ts';
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
  let last: { point: FrontierPoint; miss: number } | null = null;
  let tolerance = varianceOf(problem, from) / (netReturnOf(problem, from) - problem.riskFree);
  for (let step = 0; step < 60; step++) {
    if (!(tolerance > 0 && tolerance < Infinity)) return null;
    const point = frontierPoint(problem, program, tolerance, last?.point.solution.workingSet);
    iterations += point.solution.iterations;
    const variance = point.volatility ** 2;
    const excess = netReturnOf(problem, point.solution.x) - problem.riskFree;
    const miss = variance - tolerance * excess;
    if (Math.abs(miss) <= 1e-13 * variance)
      return { point, miss: Math.abs(miss) / variance, iterations };
    const before = last;
    last = { point, miss };
    const quotient = variance / excess;
    tolerance =
      before !== null && before.miss !== miss && onOneLine(before.point, point)
        ? tolerance - (miss * (tolerance - before.point.riskTolerance)) / (miss - before.miss)
        : quotient;
    if (step > 8 && Math.abs(miss) <= 1e-10 * variance)
      return { point, miss: Math.abs(miss) / variance, iterations };
  }
  return null;
}
