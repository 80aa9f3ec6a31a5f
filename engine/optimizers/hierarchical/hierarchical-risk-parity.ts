import { boundsAllow } from '../budgeting/bounds-allow.ts';
import { riskyPart } from '../budgeting/risky-part.ts';
import { ruleAllocation } from '../budgeting/rule-allocation.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Allocation, Problem } from '../problem.ts';
import { bisectionOrder } from './asset-tree.ts';
import { clusterRisk } from './cluster-risk.ts';
import type { HierarchicalSettings } from './settings.ts';
import { bisect } from './split.ts';

/**
 * Hierarchical risk parity: assets are put beside those they move with, and the list is halved again
 * and again, each half getting weight in inverse proportion to its risk. Bounds are kept at each
 * halving; linear limits that are then broken are met by the nearest portfolio that does. Assets
 * without risk are held as little as the limits permit. `repairs` says both.
 *
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when no asset carries risk; 'bad-input' for settings that do
 *   not fit
 * @source Lopez de Prado (2016); bounds: Pfitzinger and Katzke (2019)
 */
export function hierarchicalRiskParity(
  problem: Problem,
  settings: HierarchicalSettings = {},
): Allocation {
  boundsAllow(problem);
  const read = { ...problem, covariance: multipliedOut(problem) };
  const risk = clusterRisk(read, settings.risk ?? 'variance');
  const { members, aside, share, repairs } = riskyPart(problem, risk.scale);
  const order = bisectionOrder(read, members, settings);
  const weights = aside.slice();
  const part = (left: Int32Array, right: Int32Array): number => {
    const a = risk.of(left);
    const b = risk.of(right);
    return a + b > 0 ? b / (a + b) : 0.5;
  };
  bisect(problem.limits, order, share, part, weights);
  return ruleAllocation(problem, {
    method: 'hierarchical-risk-parity',
    rule: 'hierarchical risk parity',
    weights,
    repairs,
    solvedBy: 'recursive bisection of a cluster tree',
  });
}
