import { clusters } from './clusters.ts';
import type { Dendrogram } from './dendrogram.ts';

/**
 * Number of clusters by the two-order difference of the gap statistic: the k at which the sum over
 * clusters of their mean inner distance bends most, W(k+1) + W(k-1) - 2 W(k).
 *
 * @param distance n x n, row-major, symmetric
 * @param most never more than this many; max(8, sqrt(n)) when absent
 * @returns from 2 to n - 1; n when n < 3, where there is no bend to see
 * @source Yue, Wang and Wei (2009), as in skfolio's compute_optimal_n_clusters
 */
export function gapStatistic(
  distance: Float64Array,
  tree: Dendrogram,
  most = Math.max(8, Math.round(Math.sqrt(tree.leaves))),
): number {
  const n = tree.leaves;
  if (n < 3) return Math.max(1, Math.min(n, most));
  const dispersion = (k: number): number => {
    let total = 0;
    for (const members of clusters(tree, k)) total += meanDistance(distance, n, members);
    return total;
  };
  let best = 1;
  let bend = -Infinity;
  let before = dispersion(1);
  let here = dispersion(2);
  for (let k = 2; k <= Math.min(most, n - 1); k++) {
    const after = dispersion(k + 1);
    if (after + before - 2 * here > bend) {
      bend = after + before - 2 * here;
      best = k;
    }
    before = here;
    here = after;
  }
  return best;
}

function meanDistance(distance: Float64Array, n: number, members: Int32Array): number {
  const m = members.length;
  if (m < 2) return 0;
  let sum = 0;
  for (let a = 0; a < m; a++)
    for (let b = 0; b < a; b++) sum += distance[members[a] * n + members[b]];
  return (2 * sum) / (m * (m - 1));
}
