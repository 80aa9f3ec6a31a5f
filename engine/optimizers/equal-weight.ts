import { boundsAllow } from './budgeting/bounds-allow.ts';
import { proportionalWithin } from './budgeting/proportional-within.ts';
import { ruleAllocation } from './budgeting/rule-allocation.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * The same weight for every asset, as far as bounds let it; linear limits that are then broken are met
 * by the nearest portfolio that does, which `repairs` says.
 *
 * @throws {Infeasible} when no portfolio meets the limits
 * @source DeMiguel, Garlappi and Uppal (2009)
 */
export function equalWeight(problem: Problem): Allocation {
  boundsAllow(problem);
  const shares = new Float64Array(problem.assets.length).fill(1);
  return ruleAllocation(problem, {
    method: 'equal-weight',
    rule: 'equal weight',
    weights: proportionalWithin(shares, problem.limits.lower, problem.limits.upper, 1),
    solvedBy: 'formula',
  });
}
