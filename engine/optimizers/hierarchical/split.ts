/**
 * The left side's part of a split, moved as far as the bounds of both sides ask.
 *
 * @param wanted from 0 to 1
 * @param total weight to split, within the sums of the bounds
 * @returns from 0 to 1; `wanted` for a total of 0
 * @source Pfitzinger and Katzke (2019), as in skfolio's hierarchical methods
 */
export function splitWithin(
  wanted: number,
  total: number,
  left: { readonly lower: number; readonly upper: number },
  right: { readonly lower: number; readonly upper: number },
): number {
  if (!(total > 0)) return wanted;
  const least = Math.max(left.lower / total, 1 - right.upper / total);
  const most = Math.min(left.upper / total, 1 - right.lower / total);
  return Math.max(least, Math.min(most, wanted));
}

/** Sum of the bounds of members from one place of an order up to another. */
export function boundsOf(
  limits: { readonly lower: Float64Array; readonly upper: Float64Array },
  members: Int32Array,
): { lower: number; upper: number } {
  let lower = 0;
  let upper = 0;
  for (const i of members) {
    lower += limits.lower[i];
    upper += limits.upper[i];
  }
  return { lower, upper };
}

/**
 * Weights by halving an ordered list again and again, each half getting the part that `part` names, as
 * far as bounds let it.
 *
 * @param order indices of assets
 * @param share what the whole list gets
 * @param part the left half's part of the two, before bounds
 * @param weights n numbers, overwritten at the indices of the order
 */
export function bisect(
  limits: { readonly lower: Float64Array; readonly upper: Float64Array },
  order: Int32Array,
  share: number,
  part: (left: Int32Array, right: Int32Array) => number,
  weights: Float64Array,
): void {
  if (order.length === 1) {
    weights[order[0]] = share;
    return;
  }
  const half = order.length >> 1;
  const left = order.subarray(0, half);
  const right = order.subarray(half);
  const wanted = part(left, right);
  const given = splitWithin(wanted, share, boundsOf(limits, left), boundsOf(limits, right));
  bisect(limits, left, share * given, part, weights);
  bisect(limits, right, share * (1 - given), part, weights);
}
