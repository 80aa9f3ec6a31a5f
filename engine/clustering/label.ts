import type { Dendrogram } from './dendrogram.ts';

/** Joins of slots in any order, each slot named by one of its leaves. */
interface RawJoins {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly height: Float64Array;
}

/** Sorts joins by distance and names each side by the cluster that stands there by then. */
export function label({ a, b, height }: RawJoins, n: number): Dendrogram {
  const order = Array.from(height, (_, i) => i);
  // Sorting is stable: equal distances stay in the order in which the chain found them.
  order.sort((i, j) => height[i] - height[j]);
  const parent = new Int32Array(2 * n - 1).map((_, i) => i);
  const root = (node: number): number => {
    let top = node;
    while (parent[top] !== top) top = parent[top];
    for (let at = node; parent[at] !== top && at !== top; ) {
      const next = parent[at];
      parent[at] = top;
      at = next;
    }
    return top;
  };
  const left = new Int32Array(n - 1);
  const right = new Int32Array(n - 1);
  const heights = new Float64Array(n - 1);
  const size = new Int32Array(n - 1);
  const count = (node: number): number => (node < n ? 1 : size[node - n]);
  order.forEach((at, join) => {
    const x = root(a[at]);
    const y = root(b[at]);
    left[join] = Math.min(x, y);
    right[join] = Math.max(x, y);
    heights[join] = height[at];
    size[join] = count(x) + count(y);
    parent[x] = n + join;
    parent[y] = n + join;
  });
  return { leaves: n, left, right, height: heights, size };
}
