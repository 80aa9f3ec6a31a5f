/**
 * Column means under weights of rows.
 *
 * @param observations m x n, row-major
 * @param weights m numbers that sum to 1
 * @returns n numbers
 */
export function weightedMeans(
  observations: Float64Array,
  n: number,
  weights: Float64Array,
): Float64Array {
  const means = new Float64Array(n);
  for (let t = 0; t < weights.length; t++)
    for (let j = 0; j < n; j++) means[j] += weights[t] * observations[t * n + j];
  return means;
}
