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
const closeEnough = 0.1;

/**
 * A first point and its standings: one step from the reference portfolio along its gradient, each
 * asset by its own curvature and under its own bounds and costs, at the budget price that makes the
 * weights sum to 1 or nearly. Newton's method on the price, whose sum rises piece by piece.
 *
 * @source Rockafellar and Wets (2009), proximal mappings; Kiwiel (2008), section 2, the price search
 */
export function startFrom(w: Workspace, reference: Reference): void {
  const { n, x, states, side, linear, lower, upper, kinkAt, kinkSlope, steps, gradient } = w;
  const { weights, slopes } = reference;
  // Where each asset would go at a price of 0; the gradient is not in use yet.
  const targets = gradient;
  for (let i = 0; i < n; i++) targets[i] = weights[i] - stride * steps[i] * (slopes[i] - linear[i]);
  let price = reference.price;
  let below = -Infinity;
  let above = Infinity;
  let reach = w.slope / 16;
  for (let trial = 0; trial < 60; trial++) {
    let gap = 1;
    let rate = 0;
    for (let i = 0; i < n; i++) {
      const step = stride * steps[i];
      const cost = kinkSlope[i] * step;
      const target = targets[i] + step * price;
      const away = target - kinkAt[i];
      if (cost > 0 && away <= cost && away >= -cost) {
        states[i] = standing.kink;
        x[i] = kinkAt[i];
      } else {
        const up = away > 0;
        const value = up ? target - cost : target + cost;
        side[i] = cost > 0 ? (up ? 1 : -1) : 0;
        if (value <= lower[i]) {
          states[i] = standing.lower;
          x[i] = lower[i];
        } else if (value >= upper[i]) {
          states[i] = standing.upper;
          x[i] = upper[i];
        } else {
          states[i] = standing.free;
          x[i] = value;
          rate += step;
        }
      }
      gap -= x[i];
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
