import { correlationDistance } from '../../clustering/correlation-distance.ts';
import { type Dendrogram, leafOrder } from '../../clustering/dendrogram.ts';
import { linkage } from '../../clustering/linkage.ts';
import { optimalLeafOrder, scipyLeafOrder } from '../../clustering/optimal-leaf-order.ts';
import { EngineError } from '../../errors.ts';
import { submatrix } from '../budgeting/risky-part.ts';
import type { Problem } from '../problem.ts';
import type { HierarchicalSettings } from './settings.ts';

/** How the assets with risk are near each other. Leaves are numbered by their place in `members`. */
export interface AssetTree {
  /** m x m, row-major. */
  readonly distance: Float64Array;
  readonly tree: Dendrogram;
}

/**
 * Grows the tree of the members.
 *
 * @throws {EngineError} 'bad-input' when given distances do not fit
 */
export function assetTree(
  problem: Problem,
  members: Int32Array,
  settings: HierarchicalSettings,
): AssetTree {
  const n = problem.assets.length;
  const m = members.length;
  if (settings.distance !== undefined && settings.distance.length !== n * n) {
    throw new EngineError(
      'bad-input',
      `${settings.distance.length} distances do not fit ${n} assets; give ${n} x ${n}.`,
      { distances: settings.distance.length, n },
    );
  }
  const whole = settings.distance ?? correlationDistance(problem.covariance, n);
  const distance = m === n ? whole : submatrix(whole, n, members);
  const tree = linkage(distance, m, settings.linkage ?? 'single');
  return { distance, tree };
}

/**
 * The order in which bisection reads the members: indices of assets.
 *
 * @throws {EngineError} 'bad-input' when a given order is not a permutation
 */
export function bisectionOrder(
  problem: Problem,
  members: Int32Array,
  settings: HierarchicalSettings,
): Int32Array {
  const n = problem.assets.length;
  const { order = 'tree' } = settings;
  if (typeof order !== 'string') {
    const seen = new Set(order);
    if (order.length !== n || seen.size !== n || order.some((i) => !(i >= 0 && i < n))) {
      throw new EngineError(
        'bad-input',
        `The order of the leaves is not a permutation of ${n} assets; give each index once.`,
        { order },
      );
    }
    const held = new Set(members);
    return order.filter((i) => held.has(i));
  }
  const { distance, tree } = assetTree(problem, members, settings);
  const turn = { tree: (t: Dendrogram) => t, optimal: optimalLeafOrder, scipy: scipyLeafOrder }[
    order
  ];
  const read = turn(tree, distance);
  return leafOrder(read).map((leaf) => members[leaf]);
}
