import { EngineError } from '../errors.ts';
import { type Dendrogram, leavesBelow } from './dendrogram.ts';

/**
 * Cuts a tree into k clusters by undoing its last k - 1 joins.
 *
 * @param k from 1 to n
 * @returns the leaves of each cluster, rising; clusters by their lowest leaf
 * @throws {EngineError} 'bad-input' for another k
 */
export function clusters(tree: Dendrogram, k: number): Int32Array[] {
  return clusterNodes(tree, k)
    .map((node) => leavesBelow(tree, node).sort())
    .sort((a, b) => a[0] - b[0]);
}

/** The nodes under which the k clusters stand. */
export function clusterNodes(tree: Dendrogram, k: number): number[] {
  const { leaves: n, left, right } = tree;
  if (!(Number.isInteger(k) && k >= 1 && k <= n)) {
    throw new EngineError(
      'bad-input',
      `${n} assets cannot be cut into ${k} clusters; give a whole number from 1 to ${n}.`,
      { k, n },
    );
  }
  const nodes = new Set([2 * n - 2]);
  for (let join = n - 2; nodes.size < k; join--) {
    nodes.delete(n + join);
    nodes.add(left[join]).add(right[join]);
  }
  return [...nodes];
}
