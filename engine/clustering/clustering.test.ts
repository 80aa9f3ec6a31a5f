import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peerCase, peerCasesPresent, peerPrices, simpleReturns } from '../../oracles/peer-cases.ts';
import { sampleCovariance } from '../moments/sample-covariance.ts';
import { randomSource } from '../random.ts';
import { clusters } from './clusters.ts';
import { correlationDistance } from './correlation-distance.ts';
import { type Dendrogram, leafOrder, leavesBelow } from './dendrogram.ts';
import { gapStatistic } from './gap-statistic.ts';
import { type Linkage, linkage } from './linkage.ts';
import { optimalLeafOrder, scipyLeafOrder } from './optimal-leaf-order.ts';

const methods: readonly Linkage[] = ['single', 'complete', 'average', 'ward'];

/** Euclidean distances of random points in the plane; with `ties`, of points on a coarse grid. */
function points(seed: number, ties = false): { n: number; distance: Float64Array; at: number[][] } {
  const random = randomSource(seed);
  const n = 2 + random.integer(9);
  const at = Array.from({ length: n }, () =>
    ties ? [random.integer(3), random.integer(3)] : [random.normal(), random.normal()],
  );
  const distance = Float64Array.from({ length: n * n }, (_, k) => {
    const [a, b] = [at[Math.floor(k / n)], at[k % n]];
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  });
  return { n, distance, at };
}

/** How far two sets of leaves are apart, straight from the definition. */
function apart(d: Float64Array, n: number, a: Int32Array, b: Int32Array, method: Linkage): number {
  const between = (p: Int32Array, q: Int32Array) =>
    [...p].flatMap((i) => [...q].map((j) => d[i * n + j]));
  const pairs = between(a, b);
  if (method === 'single') return Math.min(...pairs);
  if (method === 'complete') return Math.max(...pairs);
  if (method === 'average') return pairs.reduce((s, v) => s + v, 0) / pairs.length;
  const mean = (p: Int32Array, q: Int32Array) =>
    between(p, q).reduce((s, v) => s + v * v, 0) / (p.length * q.length);
  const gap = mean(a, b) - mean(a, a) / 2 - mean(b, b) / 2;
  return Math.sqrt(Math.max(0, (2 * a.length * b.length * gap) / (a.length + b.length)));
}

function length(order: Int32Array, d: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 1; i < n; i++) sum += d[order[i - 1] * n + order[i]];
  return sum;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('linkage', () => {
  it('joins at each step the two nearest clusters, at the distance its definition gives', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...methods), (seed, method) => {
        const { n, distance } = points(seed);
        const tree = linkage(distance, n, method);
        let open: number[] = Array.from({ length: n }, (_, i) => i);
        for (let join = 0; join < n - 1; join++) {
          const pair = [tree.left[join], tree.right[join]];
          const [a, b] = pair.map((node) => leavesBelow(tree, node));
          expect(tree.height[join]).toBeCloseTo(apart(distance, n, a, b, method), 10);
          for (const p of open) {
            for (const q of open) {
              if (p >= q) continue;
              const other = apart(distance, n, leavesBelow(tree, p), leavesBelow(tree, q), method);
              expect(other).toBeGreaterThan(tree.height[join] - 1e-9);
            }
          }
          open = [...open.filter((node) => !pair.includes(node)), n + join];
          expect(tree.size[join]).toBe(a.length + b.length);
        }
        expect(open).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same tree for the same distances, ties or none, with every leaf once', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...methods), (seed, method) => {
        const { n, distance } = points(seed, true);
        const tree = linkage(distance, n, method);
        expect(linkage(distance, n, method)).toEqual(tree);
        expect([...leafOrder(tree)].sort((a, b) => a - b)).toEqual(
          Array.from({ length: n }, (_, i) => i),
        );
        for (let join = 1; join < n - 1; join++)
          expect(tree.height[join]).toBeGreaterThanOrEqual(tree.height[join - 1]);
      }),
    );
  });

  it('refuses distances that are none', () => {
    const broken = Float64Array.of(0, Number.NaN, Number.NaN, 0);
    expect(() => linkage(broken, 2, 'ward')).toThrow(/distance of 0 and 1 is NaN/);
    expect(() => linkage(new Float64Array(3), 2, 'ward')).toThrow(/do not fit/);
  });

  it.skipIf(!peerCasesPresent)(
    'finds the tree of 20 stocks (skf-linkage-ward; skipped without ../shared/oracles)',
    () => {
      const one = peerCase<unknown, { linkage_matrix: number[][] }>('skf-linkage-ward');
      const { returns, names } = simpleReturns(peerPrices(one.data_file));
      const n = names.length;
      const tree = linkage(correlationDistance(sampleCovariance(returns, n), n), n, 'ward');
      one.expected.linkage_matrix.forEach(([a, b, height, size], join) => {
        expect([tree.left[join], tree.right[join]]).toEqual([a, b]);
        expect(Math.abs(tree.height[join] - height)).toBeLessThan(one.tolerance_suggested.value);
        expect(tree.size[join]).toBe(size);
      });
    },
  );
});

describe('optimal leaf order', () => {
  it('is the shortest of all orders the tree allows', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...methods), (seed, method) => {
        const { n, distance } = points(seed);
        const tree = linkage(distance, n, method);
        const best = optimalLeafOrder(tree, distance);
        let shortest = Infinity;
        for (let mask = 0; mask < 2 ** (n - 1); mask++) {
          const flip = (join: number) => (mask >> join) & 1;
          const swapped: Dendrogram = {
            ...tree,
            left: tree.left.map((node, j) => (flip(j) ? tree.right[j] : node)),
            right: tree.right.map((node, j) => (flip(j) ? tree.left[j] : node)),
          };
          shortest = Math.min(shortest, length(leafOrder(swapped), distance, n));
        }
        expect(length(leafOrder(best), distance, n)).toBeCloseTo(shortest, 10);
        expect(best.height).toEqual(tree.height);
      }),
      { numRuns: 60 },
    );
  });

  it('is never longer than the order that scipy takes, which is one the tree allows', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...methods), (seed, method) => {
        const { n, distance } = points(seed);
        const tree = linkage(distance, n, method);
        const other = scipyLeafOrder(tree, distance);
        for (let join = 0; join < n - 1; join++)
          expect([other.left[join], other.right[join]].sort((a, b) => a - b)).toEqual([
            tree.left[join],
            tree.right[join],
          ]);
        const shortest = length(leafOrder(optimalLeafOrder(tree, distance)), distance, n);
        expect(length(leafOrder(other), distance, n)).toBeGreaterThan(shortest - 1e-9);
      }),
    );
  });
});

describe('clusters', () => {
  it('are those under the last joins, each leaf in one', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { n, distance } = points(seed);
        const tree = linkage(distance, n, 'ward');
        for (let k = 1; k <= n; k++) {
          const found = clusters(tree, k);
          expect(found).toHaveLength(k);
          expect(found.flatMap((one) => [...one]).sort((a, b) => a - b)).toEqual(
            Array.from({ length: n }, (_, i) => i),
          );
          // Two leaves share a cluster exactly when they are joined below the cut.
          const cut = k === 1 ? Infinity : tree.height[n - k];
          for (let join = 0; join < n - 1; join++) {
            const below = leavesBelow(tree, n + join);
            const home = (leaf: number) => found.findIndex((one) => one.includes(leaf));
            const together = new Set([...below].map(home)).size === 1;
            expect(together).toBe(tree.height[join] < cut);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are counted where the inner distance bends: three heaps are three', () => {
    const random = randomSource(3);
    const n = 18;
    const at = Array.from({ length: n }, (_, i) => [
      (i % 3) * 10 + random.normal() * 0.3,
      (i % 3) * 7 + random.normal() * 0.3,
    ]);
    const distance = Float64Array.from({ length: n * n }, (_, k) =>
      Math.hypot(...at[Math.floor(k / n)].map((v, x) => v - at[k % n][x])),
    );
    const tree = linkage(distance, n, 'ward');
    expect(gapStatistic(distance, tree)).toBe(3);
    expect(gapStatistic(distance, tree, 2)).toBe(2);
    expect(clusters(tree, 3).map((one) => one[0])).toEqual([0, 1, 2]);
    expect(() => clusters(tree, 0)).toThrow(/whole number from 1 to 18/);
  });
});
