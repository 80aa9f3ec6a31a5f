import { type Dendrogram, leafOrder } from './dendrogram.ts';

/**
 * The same tree with the two sides of its joins swapped so that neighbouring leaves are near: the sum
 * of distances between neighbours is least among all 2^(n-1) orders the tree allows. An order and its
 * mirror image are equal; the left side of the last join keeps its place.
 *
 * @param distance n x n, row-major, symmetric
 * @source Bar-Joseph, Gifford and Jaakkola (2001)
 */
export function optimalLeafOrder(tree: Dendrogram, distance: Float64Array): Dendrogram {
  if (tree.leaves < 3) return tree;
  return new Walk(tree, distance).shortest();
}

/**
 * The order that scipy's `optimal_ordering` gives, and with it skfolio and Riskfolio-Lib: each join
 * swaps its two children as is best for that join alone, without looking back from the top. Of random
 * trees about half come out longer than the optimal order.
 *
 * @param distance n x n, row-major, symmetric
 * @source scipy.cluster.hierarchy.optimal_leaf_ordering
 */
export function scipyLeafOrder(tree: Dendrogram, distance: Float64Array): Dendrogram {
  if (tree.leaves < 3) return tree;
  return new Walk(tree, distance).joinByJoin();
}

/** Works on positions: leaves numbered along the tree's own order, so a node is a range of them. */
class Walk {
  private readonly tree: Dendrogram;
  private readonly n: number;
  /** Distances by position. */
  private readonly d: Float64Array;
  /** cost[u * n + w]: least length of the smallest node holding both, with u and w at its ends. */
  private readonly cost: Float64Array;
  private readonly first: Int32Array;
  private readonly end: Int32Array;

  constructor(tree: Dendrogram, distance: Float64Array) {
    const n = tree.leaves;
    this.tree = tree;
    this.n = n;
    const order = leafOrder(tree);
    this.d = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) this.d[i * n + j] = distance[order[i] * n + order[j]];
    this.cost = new Float64Array(n * n);
    this.first = new Int32Array(2 * n - 1);
    this.end = new Int32Array(2 * n - 1);
    order.forEach((leaf, position) => {
      this.first[leaf] = position;
      this.end[leaf] = position + 1;
    });
    for (let join = 0; join < n - 1; join++) {
      this.first[n + join] = this.first[tree.left[join]];
      this.end[n + join] = this.end[tree.right[join]];
    }
    for (let join = 0; join < n - 1; join++) this.solve(join);
  }

  /** Splits of a node into the side that holds its outer end and the side that meets its sister. */
  private splits(node: number): [outer: number, meeting: number][] {
    const { n, tree } = this;
    if (node < n) return [[node, node]];
    const left = tree.left[node - n];
    const right = tree.right[node - n];
    return [
      [left, right],
      [right, left],
    ];
  }

  /** Least lengths of a join for every pair of ends, one on each side. */
  private solve(join: number): void {
    const { n, tree, first, end, cost } = this;
    const best = new Float64Array(n);
    for (const [outerLeft, meetLeft] of this.splits(tree.left[join])) {
      for (const [outerRight, meetRight] of this.splits(tree.right[join])) {
        const [k, kEnd] = [first[meetRight], end[meetRight]];
        const [w, wEnd] = [first[outerRight], end[outerRight]];
        for (let u = first[outerLeft]; u < end[outerLeft]; u++) {
          // From u through the left side to each leaf of the right one, then on to each end.
          leastSums(cost, u * n, this.d, n, first[meetLeft], end[meetLeft], k, kEnd, best, 0);
          leastSums(best, 0, cost, n, k, kEnd, w, wEnd, cost, u * n);
          for (let to = w; to < wEnd; to++) cost[to * n + u] = cost[u * n + to];
        }
      }
    }
  }

  /** The leaves that meet in the middle of a join with u and w at its ends. */
  private meeting(join: number, u: number, w: number): [m: number, k: number] {
    const { n, tree, first, end, cost, d } = this;
    const meets = (node: number, outer: number): number => {
      const halves = this.splits(node);
      return halves.find(([own]) => this.holds(own, outer))![1];
    };
    // A join may stand turned by now: the side that holds u is the left one.
    const [a, b] = [tree.left[join], tree.right[join]];
    const left = meets(this.holds(a, u) ? a : b, u);
    const right = meets(this.holds(a, u) ? b : a, w);
    let least = Infinity;
    let found: [number, number] = [u, w];
    for (let m = first[left]; m < end[left]; m++) {
      for (let k = first[right]; k < end[right]; k++) {
        const length = cost[u * n + m] + d[m * n + k] + cost[w * n + k];
        if (length < least) {
          least = length;
          found = [m, k];
        }
      }
    }
    return found;
  }

  /** The two ends of the shortest order of a join, one in each of its sides. */
  private bestEnds(join: number): [u: number, w: number] {
    const { n, tree, first, end, cost } = this;
    const [a, b] = [tree.left[join], tree.right[join]];
    let least = Infinity;
    let ends: [number, number] = [first[a], first[b]];
    for (let u = first[a]; u < end[a]; u++) {
      for (let w = first[b]; w < end[b]; w++) {
        if (cost[u * n + w] < least) {
          least = cost[u * n + w];
          ends = [u, w];
        }
      }
    }
    return ends;
  }

  private holds(node: number, position: number): boolean {
    return position >= this.first[node] && position < this.end[node];
  }

  /** The tree with the sides that the shortest order asks for. */
  shortest(): Dendrogram {
    const { n, tree } = this;
    const left = tree.left.slice();
    const right = tree.right.slice();
    // Each open node with the leaf wanted at its left and at its right end.
    const open: [node: number, u: number, w: number][] = [[2 * n - 2, ...this.bestEnds(n - 2)]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [node, u, w] = next;
      if (node < n) continue;
      const at = node - n;
      if (!this.holds(left[at], u)) [left[at], right[at]] = [right[at], left[at]];
      const [m, k] = this.meeting(at, u, w);
      open.push([left[at], u, m], [right[at], k, w]);
    }
    return { ...tree, left, right };
  }

  /** The tree in which every join has turned its children as suits itself. */
  joinByJoin(): Dendrogram {
    const { n, tree } = this;
    const left = tree.left.slice();
    const right = tree.right.slice();
    const turned = new Uint8Array(n - 1);
    for (let join = n - 2; join >= 0; join--) {
      const [u, w] = this.bestEnds(join);
      const [a, b] = [tree.left[join], tree.right[join]];
      // Turning a join mirrors all that stands below it.
      if (a >= n) turned[a - n] = turned[join] ^ (this.holds(tree.left[a - n], u) ? 0 : 1);
      if (b >= n) turned[b - n] = turned[join] ^ (this.holds(tree.right[b - n], w) ? 0 : 1);
      if (turned[join]) [left[join], right[join]] = [b, a];
    }
    return { ...tree, left, right };
  }
}

/** into[at + r] = least over c of a[from + c] + b[r n + c], four rows at a time. */
function leastSums(
  a: Float64Array,
  from: number,
  b: Float64Array,
  n: number,
  c: number,
  cEnd: number,
  r: number,
  rEnd: number,
  into: Float64Array,
  at: number,
): void {
  let row = r;
  for (; row + 3 < rEnd; row += 4) {
    let w = Infinity;
    let x = Infinity;
    let y = Infinity;
    let z = Infinity;
    const p = row * n;
    const q = p + n;
    const s = q + n;
    const t = s + n;
    for (let i = c; i < cEnd; i++) {
      const v = a[from + i];
      const e = v + b[p + i];
      const f = v + b[q + i];
      const g = v + b[s + i];
      const h = v + b[t + i];
      w = e < w ? e : w;
      x = f < x ? f : x;
      y = g < y ? g : y;
      z = h < z ? h : z;
    }
    into[at + row] = w;
    into[at + row + 1] = x;
    into[at + row + 2] = y;
    into[at + row + 3] = z;
  }
  for (; row < rEnd; row++) {
    let w = Infinity;
    const p = row * n;
    for (let i = c; i < cEnd; i++) {
      const e = a[from + i] + b[p + i];
      w = e < w ? e : w;
    }
    into[at + row] = w;
  }
}
