/**
 * Divides a total in proportion to shares, as far as bounds let it: each part is a common multiple of
 * its share, cut to its bounds. That is the division nearest to the shares in relative entropy.
 *
 * @param shares m positive numbers
 * @param lower m bounds
 * @param upper m bounds, each at least its lower one
 * @param total between the sums of the bounds
 * @returns m parts that sum to the total
 */
export function proportionalWithin(
  shares: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  total: number,
): Float64Array {
  const m = shares.length;
  const parts = new Float64Array(m);
  /** -1 held at the lower bound, 1 at the upper, 0 in proportion. */
  const held = new Int8Array(m);
  for (let round = 0; round <= m; round++) {
    let rest = total;
    let sum = 0;
    for (let i = 0; i < m; i++) {
      if (held[i] === 0) sum += shares[i];
      else rest -= held[i] < 0 ? lower[i] : upper[i];
    }
    let short = 0;
    let over = 0;
    for (let i = 0; i < m; i++) {
      if (held[i] !== 0) {
        parts[i] = held[i] < 0 ? lower[i] : upper[i];
        continue;
      }
      parts[i] = (rest * shares[i]) / sum;
      if (parts[i] < lower[i]) short += lower[i] - parts[i];
      else if (parts[i] > upper[i]) over += parts[i] - upper[i];
    }
    if (short === 0 && over === 0) return parts;
    // The side that is missed by more is right about its bounds; the other may free itself.
    for (let i = 0; i < m; i++) {
      if (held[i] !== 0) continue;
      if (short >= over && parts[i] < lower[i]) held[i] = -1;
      else if (over >= short && parts[i] > upper[i]) held[i] = 1;
    }
  }
  return parts;
}
