import { clusters } from '../../clustering/clusters.ts';
import { gapStatistic } from '../../clustering/gap-statistic.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { boundsAllow } from '../budgeting/bounds-allow.ts';
import { entries, riskyPart, submatrix } from '../budgeting/risky-part.ts';
import { ruleAllocation } from '../budgeting/rule-allocation.ts';
import { volatilities } from '../budgeting/volatilities.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Allocation, Problem } from '../problem.ts';
import { assetTree } from './asset-tree.ts';
import type { HierarchicalSettings } from './settings.ts';
import { boundsOf } from './split.ts';

/**
 * Nested clustered optimisation: the least-variance portfolio of each cluster, then of the clusters.
 * Short positions are taken only where a bound asks for them. A cluster's total keeps to the sums of
 * its bounds, and where a single bound is broken the cluster is divided again within its bounds; linear
 * limits that are then broken are met by the nearest portfolio that does. Assets without risk are held
 * as little as the limits permit. `repairs` says both.
 *
 * @param settings `linkage` is 'ward' when absent; risk and order have no part in it
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when no asset carries risk; 'bad-input' for settings that do
 *   not fit
 * @source Lopez de Prado (2019), "A robust estimator of the efficient frontier"
 */
export function nestedClusters(
  problem: Problem,
  settings: Pick<HierarchicalSettings, 'linkage' | 'distance' | 'clusters'> = {},
): Allocation {
  boundsAllow(problem);
  const read = { ...problem, covariance: multipliedOut(problem) };
  const { covariance, limits } = read;
  const n = problem.assets.length;
  const { members, aside, share, repairs } = riskyPart(problem, volatilities(problem));
  const { distance, tree } = assetTree(read, members, { linkage: 'ward', ...settings });
  const count = Math.min(settings.clusters ?? gapStatistic(distance, tree), members.length);
  const groups = clusters(tree, count).map((group) => group.map((leaf) => members[leaf]));
  let iterations = 0;
  const least = (
    quadratic: Float64Array,
    names: readonly string[],
    lower: Float64Array,
    upper: Float64Array,
    total: number,
  ): Float64Array => {
    const size = names.length;
    if (size === 1) return Float64Array.of(total);
    const solution = solveQuadraticProgram({
      names,
      quadratic,
      linear: new Float64Array(size),
      lower,
      upper,
      rows: [
        { name: 'sum', coefficients: new Float64Array(size).fill(1), lower: total, upper: total },
      ],
    });
    iterations += solution.iterations;
    return solution.x;
  };
  const parts = groups.map((group) => submatrix(covariance, n, group));
  const inner = groups.map((group, g) => {
    const names = Array.from(group, (i) => problem.assets[i]);
    const size = group.length;
    return least(parts[g], names, new Float64Array(size), new Float64Array(size).fill(1), 1);
  });
  const between = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      groups[a].forEach((i, p) => {
        let row = 0;
        for (let q = 0; q < groups[b].length; q++)
          row += covariance[i * n + groups[b][q]] * inner[b][q];
        sum += inner[a][p] * row;
      });
      between[a * count + b] = sum;
      between[b * count + a] = sum;
    }
  }
  const room = groups.map((group) => boundsOf(limits, group));
  const names = groups.map((_, g) => `cluster ${g + 1}`);
  const lower = Float64Array.from(room, (one) => one.lower);
  const upper = Float64Array.from(room, (one) => one.upper);
  const outer = least(between, names, lower, upper, share);
  const weights = aside.slice();
  groups.forEach((group, g) => {
    let held: Float64Array = inner[g].map((w) => w * outer[g]);
    const low = entries(limits.lower, group);
    const high = entries(limits.upper, group);
    if (held.some((w, k) => w < low[k] || w > high[k])) {
      const inside = Array.from(group, (i) => problem.assets[i]);
      held = least(parts[g], inside, low, high, outer[g]);
    }
    group.forEach((i, k) => {
      weights[i] = held[k];
    });
  });
  return ruleAllocation(problem, {
    method: 'nested-clusters',
    rule: 'nested clusters',
    weights,
    repairs,
    iterations,
    solvedBy: `active set within and between ${count} clusters`,
  });
}
