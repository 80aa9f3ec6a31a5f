import { multiply } from '../../linalg/multiply.ts';
import type { ConvexFunction } from './convex-program.ts';

/** What is left to decide about holdings at a node. */
export interface Undecided {
  /** Assets that may be held or not. */
  readonly members: readonly number[];
  /** How many of them may be held. */
  readonly left: number;
}

/**
 * A lower bound of the variance of every portfolio that holds few of the undecided assets, convex in
 * the weights: each undecided asset is held in part, z between 0 and 1, and its own variance d w^2
 * counts as d w^2 / z. Equal to the variance where the weights hold few enough assets already.
 *
 * @param matrix n x n covariance
 * @param own n variances that can be taken out of it (diagonalPart)
 * @source Frangioni and Gentile (2006), perspective of a quadratic
 */
export function perspectiveVariance(
  matrix: Float64Array,
  own: Float64Array,
  undecided: Undecided,
): ConvexFunction {
  const n = own.length;
  const rest = matrix.slice();
  for (const i of undecided.members) rest[i * n + i] -= own[i];
  const roots = own.map(Math.sqrt);
  return {
    at: (x) => {
      const gradient = multiply(rest, x).map((v) => 2 * v);
      let value = 0;
      for (let i = 0; i < n; i++) value += (x[i] * gradient[i]) / 2;
      const { full, price } = shared(x, roots, undecided);
      for (const i of undecided.members) {
        if (full[i] === 1) {
          value += own[i] * x[i] * x[i];
          gradient[i] += 2 * own[i] * x[i];
        } else {
          value += roots[i] * x[i] * price;
          gradient[i] += 2 * roots[i] * price;
        }
      }
      return { value, gradient };
    },
    addCurvature: (x, weight, into) => {
      for (let at = 0; at < n * n; at++) into[at] += 2 * weight * rest[at];
      const { full, room } = shared(x, roots, undecided);
      for (const i of undecided.members) {
        if (full[i] === 1) into[i * n + i] += 2 * weight * own[i];
        else
          for (const j of undecided.members)
            if (full[j] === 0)
              // The product first: both halves come to the same bits.
              into[i * n + j] += (2 * weight * (roots[i] * roots[j])) / room;
      }
    },
  };
}

/** Square root of a function that doubles twice when its argument doubles: a volatility. */
export function rootOf(square: ConvexFunction): ConvexFunction {
  const at = (x: Float64Array) => {
    const { value, gradient } = square.at(x);
    const root = Math.sqrt(Math.max(0, value));
    return { value: root, gradient: gradient.map((v) => (root > 0 ? v / (2 * root) : 0)) };
  };
  return {
    at,
    addCurvature: (x, weight, into) => {
      const { value, gradient } = at(x);
      if (!(value > 0)) return;
      square.addCurvature?.(x, weight / (2 * value), into);
      const n = x.length;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          into[i * n + j] -= (weight / value) * (gradient[i] * gradient[j]);
    },
  };
}

/** How far each asset is held, 0 to 1, at weights where the perspective variance was least. */
export function heldInPart(x: Float64Array, own: Float64Array, undecided: Undecided): Float64Array {
  const roots = own.map(Math.sqrt);
  const { full, price } = shared(x, roots, undecided);
  return x.map((weight, i) => {
    if (weight <= 0) return 0;
    return full[i] === 1 || price === 0 ? 1 : Math.min(1, (roots[i] * weight) / price);
  });
}

interface Shares {
  /** n numbers: 1 for an asset that counts as held in full. */
  readonly full: Uint8Array;
  /** Square root of what one holding more would save. */
  readonly price: number;
  /** Holdings left for those that are held in part; at least 1 where there are any. */
  readonly room: number;
}

/** Deals the holdings out where they save most: z = min(1, root(d) w / price). */
function shared(x: Float64Array, roots: Float64Array, undecided: Undecided): Shares {
  const { members, left } = undecided;
  const full = new Uint8Array(x.length);
  const order = members.filter((i) => x[i] > 0);
  if (order.length < left || left <= 0) {
    for (const i of members) full[i] = 1;
    return { full, price: 0, room: 1 };
  }
  order.sort((a, b) => roots[b] * x[b] - roots[a] * x[a] || a - b);
  let spread = 0;
  for (const i of order) spread += roots[i] * x[i];
  let room = left;
  for (const i of order) {
    const worth = roots[i] * x[i];
    // The last one stays in part although it could be held in full: it tells what one more would save.
    if (worth * room <= spread * (1 + 1e-12)) break;
    full[i] = 1;
    room--;
    spread -= worth;
  }
  return { full, price: Math.max(0, spread) / Math.max(room, 1), room: Math.max(room, 1) };
}
