/**
 * Distance of assets by correlation: sqrt((1 - correlation) / 2), from 0 (moving together) to 1
 * (opposed); for assets without variance, whose correlation is taken as 0, sqrt(1/2).
 *
 * @param covariance n x n, row-major
 * @returns n x n, row-major, zero diagonal
 * @source Lopez de Prado (2016), section 4.1
 */
export function correlationDistance(covariance: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const variance = covariance[i * n + i];
    inverse[i] = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  }
  const distance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const correlation = covariance[i * n + j] * inverse[i] * inverse[j];
      const value = Math.sqrt(Math.min(Math.max((1 - correlation) / 2, 0), 1));
      distance[i * n + j] = value;
      distance[j * n + i] = value;
    }
  }
  return distance;
}
