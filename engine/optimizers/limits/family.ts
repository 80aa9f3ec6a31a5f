import { EngineError } from '../../errors.ts';
import { allocation, bindings, netReturnOf, volatilityOf } from '../allocation.ts';
import type { Allocation, Binding, Problem } from '../problem.ts';
import type { ConvexProgram, ConvexSolution } from './convex-program.ts';
import { covarianceOf } from './covariance.ts';
import { familyProgram, limitedProgram } from './family-program.ts';
import { norm } from './norm.ts';
import { solveConvex } from './solve-convex.ts';

const how = 'sequential quadratic programs';

/**
 * Solves a method of the mean-variance family under every convex limit and cost of the problem.
 *
 * @param start weights to begin from
 * @throws {Infeasible} from a tangent of a limit: the caller explains it by the limits themselves
 */
export function solveFamily(method: string, problem: Problem, start?: Float64Array): Allocation {
  if (method === 'maximum-sharpe') return highestSharpe(problem);
  const { program, scale, shadowUnit } = familyProgram(method, problem)!;
  const solution = solveConvex(program, start);
  return answer(problem, {
    method,
    solution,
    binding: bindingsOf(problem, program, solution, scale, shadowUnit),
    solvedBy: `${how} (${solution.rounds})`,
  });
}

/** Prices of every limit of a program, in the unit of the method. */
export function bindingsOf(
  problem: Problem,
  program: ConvexProgram,
  solution: ConvexSolution,
  scale: number,
  shadowUnit: Binding['shadowUnit'],
): Binding[] {
  const found = bindings(problem, solution, shadowUnit, scale);
  const own = program.rows.findIndex(({ name }) => name === 'target return');
  const add = (limit: string, kind: Binding['kind'], bound: number, price: number) => {
    found.push({ limit, kind, bound, shadowPrice: scale * price, shadowUnit });
  };
  if (own > 0)
    add('target return', 'target-return', program.rows[own].lower, solution.rowMultipliers[own]);
  program.limits.forEach(({ name, most }, j) => {
    const kind = name === 'target volatility' ? 'target-volatility' : 'at-most';
    add(name, kind, most, solution.limitMultipliers[j]);
  });
  if (program.turnover !== undefined)
    add('turnover', 'at-most', program.turnover.most, solution.turnoverMultiplier);
  return found;
}

/**
 * Highest (net return - risk-free) / volatility: for a trial ratio, the portfolio that beats it most;
 * its own ratio is the next trial, until none beats it.
 *
 * @source Dinkelbach (1967)
 */
function highestSharpe(problem: Problem): Allocation {
  const base = limitedProgram(problem, 1);
  const covariance = covarianceOf(problem);
  const n = problem.assets.length;
  const linear = problem.expectedReturns.map((r) => -r);
  const straight = { ...base, quadratic: new Float64Array(n * n), linear };
  const excess = (x: Float64Array) => netReturnOf(problem, x) - problem.riskFree;
  let solution = solveConvex(straight);
  let iterations = solution.iterations;
  let rounds = solution.rounds;
  if (!(excess(solution.x) > 1e-12)) {
    throw new EngineError(
      'no-excess-return',
      `No portfolio within the limits beats the risk-free rate of ${(100 * problem.riskFree).toFixed(1)} %; hold cash or lower the costs.`,
      { highestReturn: excess(solution.x) + problem.riskFree, riskFree: problem.riskFree },
    );
  }
  const measure = norm(covariance);
  for (let trial = 0; trial < 60; trial++) {
    const volatility = volatilityOf(problem, solution.x);
    if (!(volatility > 1e-9)) {
      throw new EngineError(
        'zero-variance',
        'A portfolio beats the risk-free rate without any risk; check the expected returns and the covariance.',
        { excess: excess(solution.x) },
      );
    }
    const ratio = excess(solution.x) / volatility;
    const program = { ...straight, terms: [{ weight: ratio, measure }] };
    const next = solveConvex(program, solution.x);
    iterations += next.iterations;
    rounds += next.rounds;
    const there = volatilityOf(problem, next.x);
    const gain = excess(next.x) - ratio * there;
    solution = next;
    if (gain > 1e-13 * Math.max(ratio * there, 1e-6) && trial < 59) continue;
    return answer(problem, {
      method: 'maximum-sharpe',
      solution: { ...next, iterations },
      binding: bindingsOf(problem, program, next, 1 / there, 'sharpe'),
      solvedBy: `trial ratios over ${how} (${rounds})`,
    });
  }
  throw new EngineError(
    'not-converged',
    'No trial ratio was the highest; check the covariance.',
    {},
  );
}

function answer(
  problem: Problem,
  found: Pick<Allocation, 'method' | 'binding' | 'solvedBy'> & { solution: ConvexSolution },
): Allocation {
  const { method, binding, solvedBy, solution } = found;
  const { x: weights, residual, iterations } = solution;
  return allocation(problem, { method, weights, binding, residual, iterations, solvedBy });
}
