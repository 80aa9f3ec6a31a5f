/** No score exceeds this many standard deviations: one wild asset must not decide. */
const largestScore = 2;

/**
 * Values as bounded scores across assets: distance from their mean in standard deviations, cut at
 * two. All 0 when there is nothing to compare.
 *
 * @param values n numbers
 * @returns n numbers within [-2, 2]
 */
export function crossSectionalScore(values: Float64Array): Float64Array {
  const n = values.length;
  if (n < 2) return new Float64Array(n);
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
  if (!(deviation > 1e-12)) return new Float64Array(n);
  return values.map((v) => Math.min(Math.max((v - mean) / deviation, -largestScore), largestScore));
}
