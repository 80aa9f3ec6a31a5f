import { boundsAllow } from './budgeting/bounds-allow.ts';
import { proportionalWithin } from './budgeting/proportional-within.ts';
import { entries, riskyPart } from './budgeting/risky-part.ts';
import { ruleAllocation } from './budgeting/rule-allocation.ts';
import { volatilities } from './budgeting/volatilities.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * Weights in inverse proportion to volatility (risk parity without looking at correlations), as far as
 * bounds let it; linear limits that are then broken are met by the nearest portfolio that does. Assets
 * without volatility are held as little as the limits permit. `repairs` says both.
 *
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when no asset carries risk
 * @source Maillard, Roncalli and Teiletche (2010), section 2.3
 */
export function inverseVolatility(problem: Problem): Allocation {
  boundsAllow(problem);
  const { lower, upper } = problem.limits;
  const volatility = volatilities(problem);
  const { members, aside, share, repairs } = riskyPart(problem, volatility);
  const shares = Float64Array.from(members, (i) => 1 / volatility[i]);
  const parts = proportionalWithin(shares, entries(lower, members), entries(upper, members), share);
  const weights = aside.slice();
  members.forEach((i, k) => {
    weights[i] = parts[k];
  });
  const method = 'inverse-volatility';
  const rule = 'inverse volatility';
  return ruleAllocation(problem, { method, rule, weights, repairs, solvedBy: 'formula' });
}
