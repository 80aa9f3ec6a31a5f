import { clusterNodes } from '../../clustering/clusters.ts';
import { type Dendrogram, leavesBelow } from '../../clustering/dendrogram.ts';
import { gapStatistic } from '../../clustering/gap-statistic.ts';
import { boundsAllow } from '../budgeting/bounds-allow.ts';
import { proportionalWithin } from '../budgeting/proportional-within.ts';
import { entries, riskyPart } from '../budgeting/risky-part.ts';
import { ruleAllocation } from '../budgeting/rule-allocation.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Allocation, Problem } from '../problem.ts';
import { assetTree } from './asset-tree.ts';
import { clusterRisk, inverseRisk } from './cluster-risk.ts';
import type { HierarchicalSettings } from './settings.ts';
import { boundsOf, splitWithin } from './split.ts';

/**
 * Hierarchical equal risk contribution: the tree is cut into clusters; from its top, each join splits
 * weight in inverse proportion to the summed risks of the clusters on either side, and within a cluster
 * assets get weight in inverse proportion to their own risk. Bounds are kept at each split and within
 * clusters; linear limits that are then broken are met by the nearest portfolio that does. Assets
 * without risk are held as little as the limits permit. `repairs` says both.
 *
 * @param settings `linkage` is 'ward' when absent, as the paper recommends
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when no asset carries risk; 'bad-input' for settings that do
 *   not fit
 * @source Raffinot (2018)
 */
export function hierarchicalEqualRisk(
  problem: Problem,
  settings: HierarchicalSettings = {},
): Allocation {
  boundsAllow(problem);
  const read = { ...problem, covariance: multipliedOut(problem) };
  const { limits } = problem;
  const risk = clusterRisk(read, settings.risk ?? 'variance');
  const { members, aside, share, repairs } = riskyPart(problem, risk.scale);
  const { distance, tree } = assetTree(read, members, { linkage: 'ward', ...settings });
  const count = Math.min(settings.clusters ?? gapStatistic(distance, tree), members.length);
  const cut = new Set(clusterNodes(tree, count));
  const below = (node: number) => leavesBelow(tree, node).map((leaf) => members[leaf]);
  const risks = clusterRisks(tree, cut, (node) => risk.of(below(node)));
  const weights = aside.slice();
  const divide = (node: number, total: number): void => {
    const assets = below(node);
    if (cut.has(node)) {
      const lower = entries(limits.lower, assets);
      const upper = entries(limits.upper, assets);
      const parts = proportionalWithin(inverseRisk(risk.single, assets), lower, upper, total);
      assets.forEach((i, k) => {
        weights[i] = parts[k];
      });
      return;
    }
    const left = tree.left[node - tree.leaves];
    const right = tree.right[node - tree.leaves];
    const sum = risks[left] + risks[right];
    const wanted = sum > 0 ? risks[right] / sum : 0.5;
    const given = splitWithin(
      wanted,
      total,
      boundsOf(limits, below(left)),
      boundsOf(limits, below(right)),
    );
    divide(left, total * given);
    divide(right, total * (1 - given));
  };
  divide(2 * tree.leaves - 2, share);
  return ruleAllocation(problem, {
    method: 'hierarchical-equal-risk',
    rule: 'hierarchical equal risk contribution',
    weights,
    repairs,
    solvedBy: `splits of a cluster tree with ${count} clusters`,
  });
}

/** Per node at or above the cut, the sum of the risks of the clusters below it. */
function clusterRisks(
  tree: Dendrogram,
  cut: ReadonlySet<number>,
  of: (node: number) => number,
): Float64Array {
  const n = tree.leaves;
  const risks = new Float64Array(2 * n - 1);
  const sum = (node: number): number => {
    risks[node] = cut.has(node) ? of(node) : sum(tree.left[node - n]) + sum(tree.right[node - n]);
    return risks[node];
  };
  sum(2 * n - 2);
  return risks;
}
