/** A covariance taken apart: one can change without the other. */
export interface Risk {
  /** n volatilities per year. */
  readonly volatilities: Float64Array;
  /** n x n, row-major; 1 on the diagonal and 0 beside an asset without volatility. */
  readonly correlations: Float64Array;
}

/**
 * Splits a covariance into volatilities and correlations.
 *
 * @param covariance n x n, row-major
 */
export function riskOf(covariance: Float64Array): Risk {
  const n = Math.round(Math.sqrt(covariance.length));
  const volatilities = new Float64Array(n);
  for (let i = 0; i < n; i++) volatilities[i] = Math.sqrt(Math.max(0, covariance[i * n + i]));
  const correlations = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const scale = volatilities[i] * volatilities[j];
      const value = scale > 0 ? covariance[i * n + j] / scale : 0;
      correlations[i * n + j] = i === j ? 1 : value;
    }
  }
  return { volatilities, correlations };
}

/**
 * Puts a covariance together again.
 *
 * @returns n x n, row-major, exactly symmetric
 */
export function covarianceOf({ volatilities, correlations }: Risk): Float64Array {
  const n = volatilities.length;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    covariance[i * n + i] = volatilities[i] * volatilities[i];
    for (let j = 0; j < i; j++) {
      const value = correlations[i * n + j] * volatilities[i] * volatilities[j];
      covariance[i * n + j] = value;
      covariance[j * n + i] = value;
    }
  }
  return covariance;
}
