import type { Shape } from './measure.ts';

/** A shape's value and how much each period counts in it: value = sum of shares x levels. */
export interface Shaped {
  readonly value: number;
  /** The subgradient: one share per period, overwritten in place. */
  readonly shares: Float64Array;
}

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

/**
 * Least over z > 0 of z log(sum p exp(level / z) / tail), by Newton's method on the condition that the
 * tilted probabilities stand at the relative entropy log(1 / tail).
 *
 * @returns with the value the z where it is reached; 0 when the worst level alone fills the tail
 * @source Ahmadi-Javid (2012), theorem 3.3 and 4.1
 */
export function entropicBound(
  levels: Float64Array,
  probabilities: Float64Array,
  tail: number,
  shares: Float64Array,
): { readonly value: number; readonly temperature: number } {
  const radius = -Math.log(tail);
  let top = -Infinity;
  let bottom = Infinity;
  for (const level of levels) {
    if (level > top) top = level;
    if (level < bottom) bottom = level;
  }
  let atTop = 0;
  for (let t = 0; t < levels.length; t++) if (levels[t] === top) atTop += probabilities[t];
  if (atTop >= tail * (1 - 1e-12) || top === bottom) {
    for (let t = 0; t < levels.length; t++)
      shares[t] = levels[t] === top ? probabilities[t] / atTop : 0;
    return { value: top, temperature: 0 };
  }
  let cold = 0;
  let hot = Infinity;
  let temperature = (top - bottom) / 4;
  let value = top;
  for (let step = 0; step < 200; step++) {
    let mass = 0;
    let mean = 0;
    let square = 0;
    for (let t = 0; t < levels.length; t++) {
      const below = (levels[t] - top) / temperature;
      const share = probabilities[t] * Math.exp(below);
      shares[t] = share;
      mass += share;
      mean += share * below;
      square += share * below * below;
    }
    mean /= mass;
    const entropy = mean - Math.log(mass);
    value = top + temperature * (Math.log(mass) + radius);
    for (let t = 0; t < levels.length; t++) shares[t] /= mass;
    if (entropy > radius) cold = temperature;
    else hot = temperature;
    if (Math.abs(entropy - radius) <= 1e-13 * radius) break;
    // In z the entropy falls with slope -variance of the exponents / z.
    const slope = -(square / mass - mean * mean) / temperature;
    let next = temperature - (entropy - radius) / slope;
    if (!(next > cold && next < hot))
      next = hot === Infinity ? 2 * temperature : (Math.max(cold, hot / 1e3) + hot) / 2;
    if (Math.abs(next - temperature) <= 1e-15 * temperature) break;
    temperature = next;
  }
  return { value, temperature };
}
