import { EngineError } from '../errors.ts';
import type { Solution } from '../solvers/quadratic-program.ts';
import { allocation, bindings, netReturnOf, volatilityOf } from './allocation.ts';
import { bestOfCalmest } from './best-of-calmest.ts';
import { crossing, type FrontierPoint, frontierPoint, onOneLine } from './frontier.ts';
import { highestReturn, highestReturnIfAny } from './highest-return.ts';
import { leastVariance } from './minimum-variance.ts';
import { portfolioProgram } from './portfolio-program.ts';
import type { Allocation, Binding, Problem } from './problem.ts';
import { targetConflict } from './target-conflict.ts';

/**
 * The portfolio of highest return less trading costs whose volatility stays within the target.
 *
 * Walks the efficient frontier by risk tolerance. Between two points held by the same limits the
 * weights move on a straight line, so the tolerance that meets the target is then read off exactly.
 *
 * @returns shadow prices are return per year gained by one unit of relaxation; at the least possible
 *   volatility, where more room is worth infinitely much at first, they are variance instead
 * @throws {EngineError} 'missing-parameter' without a target; 'bad-input' for a negative one
 * @throws {EngineError} 'unbounded' when open limits let the return grow without end within the target
 * @throws {Infeasible} when even the least volatility exceeds the target, naming the nearest that works
 * @source Markowitz (1959), critical line
 */
export function targetVolatility(problem: Problem): Allocation {
  const target = targetOf(problem);
  const calmest = leastVariance(problem);
  const lowest = volatilityOf(problem, calmest.x);
  const atLowest = bindings(problem, calmest, 'variance', 2);
  if (lowest > target * (1 + 1e-9) + 1e-12) {
    const reach = (relaxed: Problem) => volatilityOf(relaxed, leastVariance(relaxed).x);
    const held = answer(problem, calmest, atLowest, 0, '').binding;
    const name = 'target volatility';
    throw targetConflict(problem, { name, bound: target, reachable: lowest, reach }, held);
  }
  if (lowest >= target * (1 - 1e-9) - 1e-12) {
    const best = bestOfCalmest(problem, calmest);
    return answer(problem, best, atLowest, best.iterations, 'active set at least volatility');
  }
  const best = highestReturnIfAny(problem);
  let iterations = calmest.iterations + (best?.iterations ?? 0);
  const program = portfolioProgram(problem);
  const at = (riskTolerance: number, near: FrontierPoint): FrontierPoint => {
    const point = frontierPoint(problem, program, riskTolerance, near.solution.workingSet);
    iterations += point.solution.iterations;
    return point;
  };
  const bestReturn = best === null ? Infinity : -best.objective;
  const scale = returnScale(problem);
  const gain = bestReturn - netReturnOf(problem, calmest.x);
  const spread = gain < Infinity ? Math.max(gain, 1e-9 * scale) : scale;
  let low: FrontierPoint = { riskTolerance: 0, solution: calmest, volatility: lowest };
  let high = at((target * target) / spread, low);
  while (high.volatility <= target) {
    const missing = bestReturn - netReturnOf(problem, high.solution.x);
    if (missing <= 1e-11 * scale || high.riskTolerance * scale > 1e9 * target * target) {
      // The limits stop the frontier before the target: the highest return is within reach.
      const end = highestReturn(problem, { center: high.solution.x });
      const binding = bindings(problem, end, 'return', 1);
      return answer(problem, end, binding, iterations + end.iterations, 'active set');
    }
    low = high;
    high = at(4 * high.riskTolerance, low);
  }
  for (let step = 0; step < 200 && !onOneLine(low, high); step++) {
    if (high.riskTolerance - low.riskTolerance <= 1e-14 * high.riskTolerance) break;
    const middle = at(between(low, high, target, step), low);
    if (middle.volatility <= target) low = middle;
    else high = middle;
  }
  const share = crossing(problem, low, high, target);
  const found = at(low.riskTolerance + share * (high.riskTolerance - low.riskTolerance), low);
  const { riskTolerance, solution, volatility } = found;
  const binding: Binding[] = [
    ...bindings(problem, solution, 'return', 1 / riskTolerance),
    {
      limit: 'target volatility',
      kind: 'target-volatility',
      bound: target,
      shadowPrice: volatility / riskTolerance,
      shadowUnit: 'return',
    },
  ];
  const residual = Math.max(solution.residual, Math.abs(volatility - target) / target);
  if (!(residual < 1e-8)) {
    throw new EngineError(
      'not-converged',
      `The frontier met the target only to ${residual.toExponential(1)}; check the covariance.`,
      { residual, volatility, target },
    );
  }
  const proved = { ...solution, residual };
  return answer(
    problem,
    proved,
    binding,
    iterations,
    'bisection on risk tolerance over active set',
  );
}

function targetOf(problem: Problem): number {
  const target = problem.targetVolatility;
  if (target === undefined) {
    throw new EngineError(
      'missing-parameter',
      'Target volatility needs a target; set targetVolatility.',
      { parameter: 'targetVolatility' },
    );
  }
  if (!(target >= 0 && target < Infinity)) {
    throw new EngineError(
      'bad-input',
      `The target volatility is ${target}; give a fraction from 0 up, e.g. 0.1.`,
      { target },
    );
  }
  return target;
}

function answer(
  problem: Problem,
  solution: Solution,
  binding: readonly Binding[],
  iterations: number,
  solvedBy: string,
): Allocation {
  const { x: weights, residual } = solution;
  const method = 'target-volatility';
  return allocation(problem, { method, weights, binding, residual, iterations, solvedBy });
}

function returnScale(problem: Problem): number {
  let scale = 0;
  for (const r of problem.expectedReturns) scale = Math.max(scale, Math.abs(r));
  for (const k of problem.tradingCosts ?? []) scale = Math.max(scale, k);
  return scale || 1;
}

/** Where to look next: along the chord of the variance, or midway so that no side stays for long. */
function between(low: FrontierPoint, high: FrontierPoint, target: number, step: number): number {
  const width = high.riskTolerance - low.riskTolerance;
  const rise = high.volatility ** 2 - low.volatility ** 2;
  const share = step % 3 === 2 ? 0.5 : (target ** 2 - low.volatility ** 2) / rise;
  return low.riskTolerance + Math.min(Math.max(share, 0.01), 0.99) * width;
}
