import { GrowingCholesky } from '../../linalg/growing-cholesky.ts';
import { type Client, type ClientOutcome, clientOutcome, type SharedMoments } from './client.ts';

/** Cash has no variance; its first step is as if it had this part of the mean one. */
const leastOfMean = 1e-6;

/** Sums of bounds may miss 1 by this much: far below what counts as a violation. */
const rounding = 1e-10;

/**
 * One client's program divided by the risk aversion, and the point being worked on: minimise
 * w'Cw/2 - b'w + sum of k |w - w0|. Filled anew for each client; nothing is allocated after creation.
 */
export class Workspace {
  readonly n: number;
  /** C: n x n, row-major. */
  readonly covariance: Float64Array;
  /** n expected returns per year, not divided. */
  readonly expectedReturns: Float64Array;
  /** Added to the diagonal of the factor; refinement takes its effect out again. */
  readonly shift: number;
  readonly largestVariance: number;
  /** n steps that an asset's own variance suggests: its reciprocal. */
  readonly steps: Float64Array;
  /** b: n, with the slope of kinks outside the bounds taken in. */
  readonly linear: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** n present weights. */
  readonly kinkAt: Float64Array;
  /** n, 0 where the kink is not strictly inside the bounds. */
  readonly kinkSlope: Float64Array;
  /** Largest slope in the program. */
  slope = 0;

  readonly x: Float64Array;
  /** n of `standing`. */
  readonly states: Int8Array;
  /** n: the side of its kink that a free weight is on; 0 without a kink. */
  readonly side: Int8Array;
  /** C x - b. */
  readonly gradient: Float64Array;
  /** Multiplier of the budget. */
  price = 0;
  readonly factor: GrowingCholesky;

  constructor({ assets, expectedReturns, covariance }: SharedMoments, shift: number) {
    const n = assets.length;
    this.n = n;
    this.covariance = covariance.slice();
    this.expectedReturns = expectedReturns.slice();
    let trace = 0;
    let largest = 0;
    for (let i = 0; i < n; i++) {
      trace += covariance[i * n + i];
      largest = Math.max(largest, covariance[i * n + i]);
    }
    this.shift = shift;
    this.largestVariance = largest;
    const least = trace > 0 ? (leastOfMean * trace) / n : 1;
    this.steps = Float64Array.from(
      { length: n },
      (_, i) => 1 / Math.max(covariance[i * n + i], least),
    );
    this.linear = new Float64Array(n);
    this.lower = new Float64Array(n);
    this.upper = new Float64Array(n);
    this.kinkAt = new Float64Array(n);
    this.kinkSlope = new Float64Array(n);
    this.x = new Float64Array(n);
    this.states = new Int8Array(n);
    this.side = new Int8Array(n);
    this.gradient = new Float64Array(n);
    this.factor = new GrowingCholesky(n);
  }

  /** Takes a client in; 'unsolved' when nothing speaks against solving it. */
  load(client: Client): ClientOutcome {
    const { n, expectedReturns, linear, lower, upper, kinkAt, kinkSlope } = this;
    const { riskAversion } = client;
    const tolerance = 1 / riskAversion;
    if (!(riskAversion >= 0 && riskAversion < Infinity)) return clientOutcome.invalid;
    let least = 0;
    let most = 0;
    let slope = this.largestVariance;
    let crossed = false;
    for (let i = 0; i < n; i++) {
      const low = client.lower[i];
      const high = client.upper[i];
      const at = client.current[i];
      const cost = client.tradingCosts[i] * tolerance;
      const mean = expectedReturns[i] * tolerance;
      // Written so that NaN fails.
      if (!(low < Infinity && high > -Infinity && Math.abs(at) < Infinity))
        return clientOutcome.invalid;
      if (!(client.tradingCosts[i] >= 0 && client.tradingCosts[i] < Infinity))
        return clientOutcome.invalid;
      crossed ||= low > high;
      least += low;
      most += high;
      lower[i] = low;
      upper[i] = high;
      kinkAt[i] = at;
      slope = Math.max(slope, Math.abs(mean), cost);
      // A kink outside the bounds is never crossed: there the cost is a plain slope.
      const inside = at > low && at < high;
      kinkSlope[i] = inside ? cost : 0;
      linear[i] = inside ? mean : at <= low ? mean - cost : mean + cost;
    }
    this.slope = slope;
    return crossed || least > 1 + rounding || most < 1 - rounding
      ? clientOutcome.infeasible
      : clientOutcome.unsolved;
  }

  /** Computes the gradient from scratch; returns what is missing to a sum of 1. */
  refresh(): number {
    const { n, covariance, linear, x, gradient } = this;
    let gap = 1;
    for (let i = 0; i < n; i++) gradient[i] = -linear[i];
    for (let j = 0; j < n; j++) {
      const weight = x[j];
      gap -= weight;
      // Most weights are 0, and the covariance is symmetric.
      if (weight === 0) continue;
      const row = j * n;
      for (let i = 0; i < n; i++) gradient[i] += covariance[row + i] * weight;
    }
    return gap;
  }
}
