import type { ScenarioMeasure } from './measure.ts';

/**
 * Turns the interior-point method's shares of losses into ones that prove something: the least change
 * that makes sum of shares x losses a lower bound of the measure for every portfolio (a point of its
 * risk envelope). In place.
 *
 * @param shares one per period, what one more unit of loss adds
 * @param probabilities one per period, summing to 1
 * @param tail 1 - confidence
 * @returns by how much the shares had to shrink, for prices that belong to them
 * @source Rockafellar, Uryasev and Zabarankin (2006)
 */
export function intoEnvelope(
  measure: Pick<ScenarioMeasure, 'path' | 'shape'>,
  shares: Float64Array,
  probabilities: Float64Array,
  tail: number,
): number {
  const { length } = shares;
  const drawdown = measure.path === 'drawdown';
  for (let t = 0; t < length; t++) if (!(shares[t] > 0)) shares[t] = 0;
  // What each level counts: the chain passes on what later levels do not keep, never less than 0.
  const own = shares.slice();
  if (drawdown)
    for (let t = 0; t + 1 < length; t++) own[t] = Math.max(0, shares[t] - shares[t + 1]);
  const size = envelopeSize(measure, own, probabilities, tail);
  if (!(size > 0)) return 1;
  for (let t = 0; t < length; t++) {
    shares[t] /= size;
    own[t] /= size;
  }
  if (measure.shape === 'tail' && !drawdown) fill(shares, probabilities, tail);
  if (measure.shape === 'entropic' && drawdown) raise(own, probabilities);
  if (measure.shape === 'entropic') cool(shares, own, probabilities, tail, drawdown);
  return size;
}

/** How many times too large the levels' shares are. */
function envelopeSize(
  { path, shape }: Pick<ScenarioMeasure, 'path' | 'shape'>,
  own: Float64Array,
  p: Float64Array,
  tail: number,
): number {
  let sum = 0;
  let peak = 0;
  let square = 0;
  for (let t = 0; t < own.length; t++) {
    sum += own[t];
    peak = Math.max(peak, own[t] / p[t]);
    square += (own[t] * own[t]) / p[t];
  }
  if (shape === 'mean-excess') return Math.max(peak, 1);
  if (shape === 'root-mean-square') return Math.sqrt(square);
  if (shape === 'tail' && path === 'drawdown') return Math.max(sum, peak * tail);
  // Levels that are never negative may be counted more: their shares need only fit below the whole.
  return path === 'drawdown' && shape === 'entropic' ? Math.max(sum, 1) : sum;
}

/** Cuts shares of a tail to their caps and spreads the rest over those with room. */
function fill(shares: Float64Array, p: Float64Array, tail: number): void {
  for (let round = 0; round < 50; round++) {
    let sum = 0;
    let open = 0;
    for (let t = 0; t < shares.length; t++) {
      const cap = p[t] / tail;
      if (shares[t] >= cap) shares[t] = cap;
      else open += shares[t];
      sum += shares[t];
    }
    const missing = 1 - sum;
    if (Math.abs(missing) <= 1e-15 || !(open > 0)) return;
    for (let t = 0; t < shares.length; t++)
      if (shares[t] < p[t] / tail) shares[t] *= 1 + missing / open;
  }
}

/** Raises shares to a common multiple of the probabilities until they sum to 1: the least entropy. */
function raise(own: Float64Array, p: Float64Array): void {
  let low = 0;
  let high = 1;
  const sum = (multiple: number): number => {
    let total = 0;
    for (let t = 0; t < own.length; t++) total += Math.max(own[t], multiple * p[t]);
    return total;
  };
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (sum(middle) >= 1) high = middle;
    else low = middle;
  }
  for (let t = 0; t < own.length; t++) own[t] = Math.max(own[t], high * p[t]);
  let total = 0;
  for (let t = 0; t < own.length; t++) total += own[t];
  for (let t = 0; t < own.length; t++) own[t] /= total;
}

/** Mixes entropic shares with the probabilities until their relative entropy is within its bound. */
function cool(
  shares: Float64Array,
  own: Float64Array,
  p: Float64Array,
  tail: number,
  drawdown: boolean,
): void {
  const radius = -Math.log(tail);
  const entropy = (mix: number): number => {
    let sum = 0;
    for (let t = 0; t < own.length; t++) {
      const q = (1 - mix) * own[t] + mix * p[t];
      if (q > 0) sum += q * Math.log(q / p[t]);
    }
    return sum;
  };
  if (entropy(0) <= radius) return;
  let low = 0;
  let high = 1;
  // Convex in the mix: the smallest mix that is within lies just above `low`.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (entropy(middle) <= radius) high = middle;
    else low = middle;
  }
  // Drawdowns are never negative, so the part that is mixed in may be left out of them.
  for (let t = 0; t < shares.length; t++)
    shares[t] = (1 - high) * shares[t] + (drawdown ? 0 : high * p[t]);
}
