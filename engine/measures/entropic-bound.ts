/**
 * Least over z > 0 of z log(sum p exp(level / z) / tail), by Newton's method on the condition that the
 * tilted probabilities stand at the relative entropy log(1 / tail).
 *
 * @param levels one per period, more is worse
 * @param probabilities one per period, summing to 1
 * @param tail in (0, 1)
 * @param shares one per period, overwritten with the tilted probabilities: the bound's subgradient
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
