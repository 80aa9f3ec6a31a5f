import { EngineError } from '../errors.ts';
import type { Dendrogram } from './dendrogram.ts';
import { label } from './label.ts';

/** How far two clusters are apart: nearest pair, farthest pair, mean of pairs, or growth of variance. */
export type Linkage = 'single' | 'complete' | 'average' | 'ward';

/**
 * Hierarchical clustering by the nearest-neighbour chain, in n^2 steps. Of equally near clusters the
 * one with the lowest number is taken, so the same distances give the same tree.
 *
 * @param distance n x n, row-major, symmetric, not negative; the diagonal is not read
 * @param n number of leaves, at least 1
 * @returns joins by rising distance; of two children the one with the lower number is on the left
 * @throws {EngineError} 'bad-input' for a size that does not fit or a distance that is not one
 * @source Murtagh (1983); Lance and Williams (1967); conventions of scipy.cluster.hierarchy.linkage
 */
export function linkage(distance: Float64Array, n: number, method: Linkage): Dendrogram {
  if (n < 1 || distance.length !== n * n) {
    throw new EngineError(
      'bad-input',
      `${distance.length} distances do not fit ${n} leaves; give n x n.`,
      { n, distances: distance.length },
    );
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== j && !(distance[i * n + j] >= 0 && distance[i * n + j] < Infinity)) {
        throw new EngineError(
          'bad-input',
          `The distance of ${i} and ${j} is ${distance[i * n + j]}; give a number from 0 up.`,
          { i, j, distance: distance[i * n + j] },
        );
      }
    }
  }
  return label(chain(distance.slice(), n, method), n);
}

/** Joins in the order in which the chain finds them: pairs of slots with their distances. */
function chain(d: Float64Array, n: number, method: Linkage) {
  const a = new Int32Array(n - 1);
  const b = new Int32Array(n - 1);
  const height = new Float64Array(n - 1);
  const size = new Int32Array(n).fill(1);
  const stack = new Int32Array(n);
  let depth = 0;
  for (let join = 0; join < n - 1; join++) {
    if (depth === 0) {
      let first = 0;
      while (size[first] === 0) first++;
      stack[depth++] = first;
    }
    let x = stack[depth - 1];
    let y = 0;
    let nearest = 0;
    for (;;) {
      x = stack[depth - 1];
      const row = x * n;
      nearest = Infinity;
      // The cluster one came from wins a tie, so the chain ends.
      if (depth > 1) {
        y = stack[depth - 2];
        nearest = d[row + y];
      }
      for (let i = 0; i < n; i++) {
        if (size[i] !== 0 && i !== x && d[row + i] < nearest) {
          nearest = d[row + i];
          y = i;
        }
      }
      if (depth > 1 && y === stack[depth - 2]) break;
      stack[depth++] = y;
    }
    depth -= 2;
    if (x > y) [x, y] = [y, x];
    a[join] = x;
    b[join] = y;
    height[join] = nearest;
    merge(d, n, size, x, y, nearest, method);
  }
  return { a, b, height };
}

/** Slot y takes the joined cluster and slot x is emptied. */
function merge(
  d: Float64Array,
  n: number,
  size: Int32Array,
  x: number,
  y: number,
  between: number,
  method: Linkage,
): void {
  const nx = size[x];
  const ny = size[y];
  for (let i = 0; i < n; i++) {
    const ni = size[i];
    if (ni === 0 || i === x || i === y) continue;
    const dx = d[x * n + i];
    const dy = d[y * n + i];
    let joined: number;
    if (method === 'single') joined = dx < dy ? dx : dy;
    else if (method === 'complete') joined = dx > dy ? dx : dy;
    else if (method === 'average') joined = (nx * dx + ny * dy) / (nx + ny);
    else {
      const t = 1 / (nx + ny + ni);
      const square = (ni + nx) * t * dx * dx + (ni + ny) * t * dy * dy - ni * t * between * between;
      joined = Math.sqrt(Math.max(0, square));
    }
    d[y * n + i] = joined;
    d[i * n + y] = joined;
  }
  size[x] = 0;
  size[y] = nx + ny;
}
