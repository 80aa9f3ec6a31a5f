import { standing } from '../quadratic-program.ts';
import type { Workspace } from './workspace.ts';

/** A portfolio to start from, with what its gradient says about every asset. */
export interface Reference {
  /** n weights. */
  readonly weights: Float64Array;
  /** C x weights. */
  readonly slopes: Float64Array;
  /** Multiplier of the budget there. */
  readonly price: number;
}

/** Longer than the curvature alone allows: assets stand at a bound or their kink more often than not. */
const stride = 3;

/** The sum of weights may miss 1 by this much; the first step closes the gap. */
const closeEnough = 1e-3;

/**
 * A first point and its standings: one step from the reference portfolio along its gradient, each
 * asset by its own curvature and under its own bounds and costs, at the budget price that makes the
 * weights sum to 1 or nearly. Newton's method on the price, whose sum rises piece by piece.
 *
 * @source Rockafellar and Wets (2009), proximal mappings; Kiwiel (2008), section 2, the price search
 */
export function startFrom(w: Workspace, reference: Reference): void {
  const { n } = w;
  let price = reference.price;
  let below = -Infinity;
  let above = Infinity;
  let reach = w.slope / 16;
  for (let trial = 0; trial < 60; trial++) {
    let gap = 1;
    let rate = 0;
    for (let i = 0; i < n; i++) {
      const step = stride * w.steps[i];
      const slope = reference.slopes[i] - w.linear[i] - price;
      rate += place(w, i, reference.weights[i] - step * slope, step);
      gap -= w.x[i];
    }
    if (Math.abs(gap) <= closeEnough) break;
    if (gap > 0) below = price;
    else above = price;
    const next = price + gap / rate;
    if (next > below && next < above) price = next;
    else if (below === -Infinity || above === Infinity) {
      price += gap > 0 ? reach : -reach;
      reach *= 2;
    } else price = (below + above) / 2;
  }
  w.price = price;
}

/** Puts one weight where its own cost and bounds want it; returns its step when free, else 0. */
function place(w: Workspace, i: number, target: number, step: number): number {
  const { x, states, side, lower, upper } = w;
  const cost = w.kinkSlope[i] * step;
  let value = target;
  if (cost > 0) {
    const away = target - w.kinkAt[i];
    if (away > cost) {
      value -= cost;
      side[i] = 1;
    } else if (away < -cost) {
      value += cost;
      side[i] = -1;
    } else {
      x[i] = w.kinkAt[i];
      states[i] = standing.kink;
      return 0;
    }
  } else side[i] = 0;
  if (value <= lower[i]) {
    x[i] = lower[i];
    states[i] = standing.lower;
    return 0;
  }
  if (value >= upper[i]) {
    x[i] = upper[i];
    states[i] = standing.upper;
    return 0;
  }
  x[i] = value;
  states[i] = standing.free;
  return step;
}
