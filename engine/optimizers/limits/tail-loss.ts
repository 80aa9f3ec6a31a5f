import type { Scenarios } from '../problem.ts';

/**
 * Conditional value at risk of a portfolio on scenarios: the mean loss of the worst 1 - confidence of
 * the probability, and its slope (the mean of minus the returns of those scenarios).
 *
 * @returns a fraction of value per period, and n slopes
 * @source Rockafellar and Uryasev (2000)
 */
export function cvarCut(
  scenarios: Scenarios,
  confidence: number,
  weights: Float64Array,
): { value: number; gradient: Float64Array } {
  const { returns, count, probabilities } = scenarios;
  const n = weights.length;
  const width = returns.length / count;
  const loss = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum -= returns[t * width + i] * weights[i];
    loss[t] = sum;
  }
  const order = Uint32Array.from({ length: count }, (_, t) => t);
  order.sort((a, b) => loss[b] - loss[a] || a - b);
  const gradient = new Float64Array(n);
  const tail = 1 - confidence;
  let value = 0;
  let left = tail;
  for (let k = 0; k < count && left > 0; k++) {
    const t = order[k];
    const share = Math.min(left, probabilities?.[t] ?? 1 / count);
    left -= share;
    value += (share / tail) * loss[t];
    for (let i = 0; i < width; i++) gradient[i] -= (share / tail) * returns[t * width + i];
  }
  return { value, gradient };
}
