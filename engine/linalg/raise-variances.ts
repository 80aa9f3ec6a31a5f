/**
 * The least trusted elements of a covariance that is not positive semidefinite are its variances of
 * the assets that come last: each is raised, where it must be, until the assets before it leave as
 * much of its variance unexplained as it had in all (at least a thousandth of the largest). No covariance between two assets changes.
 *
 * @param matrix n x n, row-major, symmetric
 * @param order n positions, the assets to be left alone first
 * @returns the mended copy and n amounts added to the variances
 */
export function raiseVariances(
  matrix: Float64Array,
  n: number,
  order: ArrayLike<number>,
): { covariance: Float64Array; raised: Float64Array } {
  const covariance = matrix.slice();
  const raised = new Float64Array(n);
  const factor = new Float64Array(n * n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, matrix[i * n + i]);
  for (let a = 0; a < n; a++) {
    const i = order[a];
    let explained = 0;
    for (let b = 0; b < a; b++) {
      let sum = matrix[i * n + order[b]];
      for (let c = 0; c < b; c++) sum -= factor[a * n + c] * factor[b * n + c];
      const value = factor[b * n + b] > 0 ? sum / factor[b * n + b] : 0;
      factor[a * n + b] = value;
      explained += value * value;
    }
    const variance = matrix[i * n + i];
    let left = variance - explained;
    if (left < 1e-10 * largest) {
      raised[i] = Math.max(variance, 1e-3 * largest) - left;
      left += raised[i];
      covariance[i * n + i] += raised[i];
    }
    factor[a * n + a] = Math.sqrt(left);
  }
  return { covariance, raised };
}
