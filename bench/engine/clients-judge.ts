import type { Client, SharedMoments } from '../../engine/solvers/batch/index.ts';

/** What can be said about weights from the client's program and the weights alone. */
export interface Finding {
  /** Largest violation of the budget or a bound. */
  readonly infeasibility: number;
  /** Largest violation of the optimality conditions, relative to the largest slope. */
  readonly residual: number;
  /** Most utility per year that any other feasible weights could add. */
  readonly gap: number;
  /** Return - risk - costs, per year. */
  readonly utility: number;
}

/** Closer than this to a bound or to the present weight counts as there. */
const AT = 1e-9;

/**
 * Judges weights without a solver's multipliers. The residual: every asset allows an interval of
 * prices of the budget, and the intervals should share a point. The gap: utility is concave, so no
 * portfolio beats the best one on the linearised program, which is filled piece by piece.
 */
export function judge(moments: SharedMoments, client: Client, weights: Float64Array): Finding {
  const { expectedReturns, covariance } = moments;
  const { lower, upper, current, tradingCosts, riskAversion } = client;
  const n = weights.length;
  let slope = 0;
  let outside = 0;
  let sum = 0;
  let utility = 0;
  // Prices at which no asset would have more of the budget, and less.
  let top = Infinity;
  let bottom = -Infinity;
  let lost = 0;
  let missing = 1;
  const pieces: { readonly price: number; readonly size: number }[] = [];
  for (let i = 0; i < n; i++) {
    const weight = weights[i];
    const cost = tradingCosts[i];
    let covered = 0;
    for (let j = 0; j < n; j++) covered += covariance[i * n + j] * weights[j];
    const marginal = riskAversion * covered - expectedReturns[i];
    const away = weight - current[i];
    const largest = riskAversion * covariance[i * n + i];
    slope = Math.max(slope, Math.abs(expectedReturns[i]), cost, largest);
    sum += weight;
    outside = Math.max(outside, lower[i] - weight, weight - upper[i]);
    utility += weight * (expectedReturns[i] - (riskAversion / 2) * covered) - cost * Math.abs(away);
    if (weight < upper[i] - AT) top = Math.min(top, away < -AT ? marginal - cost : marginal + cost);
    if (weight > lower[i] + AT)
      bottom = Math.max(bottom, away > AT ? marginal + cost : marginal - cost);
    const kink = Math.min(Math.max(current[i], lower[i]), upper[i]);
    pieces.push({ price: marginal - cost, size: kink - lower[i] });
    pieces.push({ price: marginal + cost, size: upper[i] - kink });
    // What the weight costs beyond its lower bound at these margins.
    lost += marginal * (weight - lower[i]);
    lost += cost * (Math.abs(away) - Math.abs(lower[i] - current[i]));
    missing -= lower[i];
  }
  for (const { price, size } of pieces.sort((a, b) => a.price - b.price)) {
    const taken = Math.min(size, missing);
    lost -= taken * price;
    missing -= taken;
  }
  return {
    infeasibility: Math.max(outside, Math.abs(sum - 1)),
    residual: Math.max(0, (bottom - top) / 2) / slope,
    gap: Math.abs(lost),
    utility,
  };
}

/** Whether bounds leave no weights that sum to 1. */
export function impossible({ lower, upper }: Client): boolean {
  let least = 0;
  let most = 0;
  for (let i = 0; i < lower.length; i++) {
    if (lower[i] > upper[i]) return true;
    least += lower[i];
    most += upper[i];
  }
  return least > 1 || most < 1;
}
