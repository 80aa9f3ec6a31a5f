import { allocation, bindings } from '../allocation.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Allocation, Binding, Problem } from '../problem.ts';
import type { ConvexProgram, ConvexSolution } from './convex-program.ts';
import { familyProgram } from './family-program.ts';
import { highestSharpe } from './highest-sharpe.ts';
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
  if (method === 'maximum-sharpe') {
    const { program, solution, risk } = highestSharpe(problem, norm(multipliedOut(problem)));
    return answer(problem, {
      method,
      solution,
      binding: bindingsOf(problem, program, solution, 1 / risk, 'sharpe'),
      solvedBy: `trial ratios over ${how} (${solution.rounds})`,
    });
  }
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

function answer(
  problem: Problem,
  found: Pick<Allocation, 'method' | 'binding' | 'solvedBy'> & { solution: ConvexSolution },
): Allocation {
  const { method, binding, solvedBy, solution } = found;
  const { x: weights, residual, iterations } = solution;
  return allocation(problem, { method, weights, binding, residual, iterations, solvedBy });
}
