import { multiply } from '../../linalg/multiply.ts';
import type { SharedMoments } from './client.ts';
import { type Reference, startFrom } from './start.ts';
import type { Walk } from './walk.ts';
import type { Workspace } from './workspace.ts';

/** Risk aversions of the references: two an octave, from 1/16 to 1024. */
const first = -8;
const last = 20;

/** Every asset's share in a reference is capped at this many times an equal share. */
const cap = 5;

/**
 * The best portfolios at a ladder of risk aversions under one loose cap: where a client's search
 * starts. They decide how long it takes, never where it ends.
 */
export function references(moments: SharedMoments, w: Workspace, walk: Walk): readonly Reference[] {
  const { n } = w;
  const equal = new Float64Array(n).fill(1 / n);
  const upper = new Float64Array(n).fill(Math.min(1, cap / n));
  const none = new Float64Array(n);
  const slopes = multiply(moments.covariance, equal);
  const ladder: Reference[] = [];
  for (let rung = first; rung <= last; rung++) {
    const riskAversion = 2 ** (rung / 2);
    let price = 0;
    for (let i = 0; i < n; i++)
      price += (slopes[i] - moments.expectedReturns[i] / riskAversion) / n;
    const middle = { weights: equal, slopes, price };
    w.load({ lower: none, upper, current: none, tradingCosts: none, riskAversion });
    startFrom(w, middle);
    if (!walk.run()) {
      ladder.push(middle);
      continue;
    }
    const weights = w.x.slice();
    ladder.push({ weights, slopes: multiply(moments.covariance, weights), price: w.price });
  }
  return ladder;
}

/** The reference whose risk aversion is nearest. */
export function nearest(ladder: readonly Reference[], riskAversion: number): Reference {
  const rung = Math.round(2 * Math.log2(riskAversion));
  return ladder[Math.min(Math.max(rung, first), last) - first];
}
