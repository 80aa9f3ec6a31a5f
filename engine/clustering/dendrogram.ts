/** How clusters were joined, from the nearest pair to the whole, as scipy's linkage matrix. */
export interface Dendrogram {
  /** n: number of leaves. */
  readonly leaves: number;
  /** n - 1 nodes: below n a leaf, n + i the join i. */
  readonly left: Int32Array;
  /** n - 1 nodes. */
  readonly right: Int32Array;
  /** n - 1 distances at which the two were joined, rising. */
  readonly height: Float64Array;
  /** n - 1 counts of leaves below. */
  readonly size: Int32Array;
}

/**
 * Leaves from left to right (the quasi-diagonal order).
 *
 * @returns n leaf numbers
 * @source Lopez de Prado (2016), section 4.2
 */
export function leafOrder(tree: Dendrogram): Int32Array {
  return leavesBelow(tree, 2 * tree.leaves - 2);
}

/**
 * Leaves below a node, from left to right.
 *
 * @param node below n a leaf, n + i the join i
 */
export function leavesBelow(tree: Dendrogram, node: number): Int32Array {
  const { leaves: n, left, right, size } = tree;
  if (node < n) return Int32Array.of(node);
  const found = new Int32Array(size[node - n]);
  const open = [node];
  let count = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at < n) found[count++] = at;
    else open.push(right[at - n], left[at - n]);
  }
  return found;
}
