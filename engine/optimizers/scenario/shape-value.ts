import { entropicBound } from '../../measures/entropic-bound.ts';
import type { Shape } from './measure.ts';

/**
 * Value of a shape with its subgradient.
 *
 * @param levels one per period, more is worse
 * @param probabilities one per period, summing to 1
 * @param tail 1 - confidence
 * @param shares one per period, overwritten
 */
export function shapeValue(
  shape: Shape,
  levels: Float64Array,
  probabilities: Float64Array,
  tail: number,
  shares: Float64Array,
): number {
  if (shape === 'tail') return tailMean(levels, probabilities, tail, shares);
  if (shape === 'worst') return worstOf(levels, shares);
  if (shape === 'entropic') return entropicBound(levels, probabilities, tail, shares).value;
  let sum = 0;
  if (shape === 'mean-excess') {
    for (let t = 0; t < levels.length; t++) {
      shares[t] = levels[t] > 0 ? probabilities[t] : 0;
      sum += shares[t] * levels[t];
    }
    return sum;
  }
  for (let t = 0; t < levels.length; t++) {
    shares[t] = probabilities[t] * Math.max(levels[t], 0);
    sum += shares[t] * levels[t];
  }
  const root = Math.sqrt(sum);
  if (root > 0) for (let t = 0; t < levels.length; t++) shares[t] /= root;
  return root;
}

function worstOf(levels: Float64Array, shares: Float64Array): number {
  let at = 0;
  for (let t = 1; t < levels.length; t++) if (levels[t] > levels[at]) at = t;
  shares.fill(0);
  shares[at] = 1;
  return levels[at];
}

/** Worst periods count fully until their probabilities fill the tail; the last one counts in part. */
function tailMean(
  levels: Float64Array,
  probabilities: Float64Array,
  tail: number,
  shares: Float64Array,
): number {
  const order = Uint32Array.from(levels, (_, t) => t);
  order.sort((a, b) => levels[b] - levels[a] || a - b);
  shares.fill(0);
  let left = 1;
  let value = 0;
  for (let k = 0; k < order.length && left > 0; k++) {
    const t = order[k];
    const share = Math.min(left, probabilities[t] / tail);
    shares[t] = share;
    value += share * levels[t];
    left -= share;
  }
  return value;
}
