import type { RiskModel } from './risk-model.ts';

/** The least risk a model allows, with what proves it. */
export interface LeastRisk {
  /** M numbers. */
  readonly x: Float64Array;
  /** n weights, or multiples of them. */
  readonly weights: Float64Array;
  readonly risk: number;
  /** M slopes: gradient'x is never above the risk of x, for any x. */
  readonly gradient: Float64Array;
  /** Per row: risk saved by one unit of relaxation; positive on the lower side. */
  readonly prices: Float64Array;
  /** M reduced costs: gradient less what the rows' prices explain. */
  readonly reduced: Float64Array;
  /** No x in the model has less; -Infinity when a bound that counts is open. */
  readonly bound: number;
  readonly iterations: number;
}

/** What slopes and prices prove of the least risk over a model. */
export interface Proof extends Pick<LeastRisk, 'gradient' | 'prices' | 'reduced' | 'bound'> {
  /** The bound, were open sides at twice the numbers of a point: how near the end the point is. */
  readonly likely: number;
}

/**
 * Bounds the risk from below by slopes and prices, by weak duality.
 *
 * @param gradient M numbers, gradient'x never above the risk of x
 * @param prices of the rows; those on a side that is open are set to 0
 * @param near M numbers, a point of the model
 */
export function boundBy(
  model: RiskModel,
  gradient: Float64Array,
  prices: Float64Array,
  near: Float64Array,
): Proof {
  const reduced = gradient.slice();
  let bound = 0;
  model.rows.forEach((row, r) => {
    // A price on a side that is open proves nothing.
    if (prices[r] > 0 ? row.lower === -Infinity : row.upper === Infinity) prices[r] = 0;
    const price = prices[r];
    if (price === 0) return;
    bound += price * (price > 0 ? row.lower : row.upper);
    for (let j = 0; j < reduced.length; j++) reduced[j] -= price * row.coefficients[j];
  });
  let likely = bound;
  for (let j = 0; j < reduced.length; j++) {
    if (reduced[j] === 0) continue;
    const side = reduced[j] > 0 ? model.lower[j] : model.upper[j];
    bound += reduced[j] * side;
    likely += reduced[j] * (Number.isFinite(side) ? side : 2 * Math.max(Math.abs(near[j]), 1));
  }
  return { gradient, prices, reduced, bound, likely };
}
