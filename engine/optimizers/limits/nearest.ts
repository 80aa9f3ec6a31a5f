import { multiply } from '../../linalg/multiply.ts';
import { allocation } from '../allocation.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Allocation, Problem } from '../problem.ts';
import { bindingsOf } from './family.ts';
import { limitedProgram } from './family-program.ts';
import { furtherLimits, inWords } from './further-limits.ts';
import { solveConvex } from './solve-convex.ts';

/**
 * For a method that is a rule with nothing to optimise: of the portfolios within all limits the one
 * that differs from the rule's own least, measured by the volatility of the difference.
 *
 * @returns the rule's method, with the move told among the repairs
 */
export function nearestTo(rule: Allocation, problem: Problem): Allocation {
  const quadratic = multipliedOut(problem);
  const linear = multiply(quadratic, rule.weights).map((v) => -v);
  const program = { ...limitedProgram(problem, 0), quadratic, linear };
  const solution = solveConvex(program, rule.weights);
  const { x: weights, residual, rounds } = solution;
  const answer = allocation(problem, {
    method: rule.method,
    weights,
    binding: bindingsOf(problem, program, solution, 2, 'variance'),
    residual,
    iterations: rule.iterations + solution.iterations,
    solvedBy: `${rule.solvedBy}, then the nearest portfolio by sequential quadratic programs (${rounds})`,
  });
  const limits = furtherLimits(problem).map(inWords).join(' and ');
  const moved = `The rule's own weights break a limit (${limits}): these are the nearest that keep to it.`;
  return { ...answer, certificate: 'optimality', repairs: [...(rule.repairs ?? []), moved] };
}
