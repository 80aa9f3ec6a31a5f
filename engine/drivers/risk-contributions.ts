import { EngineError } from '../errors.ts';
import { portfolioVariance } from './portfolio-volatility.ts';

/**
 * Share of portfolio variance that each asset carries.
 *
 * @param weights n fractions of portfolio value
 * @param covariance n x n, row-major, per year
 * @returns n fractions summing to 1; negative for an asset that lowers the risk
 * @throws {EngineError} 'zero-variance' when there is no risk to share; 'bad-input' when the sizes
 *   differ
 * @source Maillard, Roncalli and Teiletche (2010)
 */
export function riskContributions(weights: Float64Array, covariance: Float64Array): Float64Array {
  const variance = portfolioVariance(weights, covariance);
  if (!(variance > 0)) {
    throw new EngineError(
      'zero-variance',
      'The portfolio carries no risk, so there is none to share out.',
      { variance },
    );
  }
  const n = weights.length;
  const shares = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let marginal = 0;
    for (let j = 0; j < n; j++) marginal += covariance[i * n + j] * weights[j];
    shares[i] = (weights[i] * marginal) / variance;
  }
  return shares;
}
