import { EngineError } from '../errors.ts';

export interface EquilibriumSettings {
  /** Per year. */
  readonly riskFree: number;
  /** Reward of the market portfolio per unit of its volatility, per year. */
  readonly marketSharpe: number;
}

/**
 * Expected returns at which holding the market portfolio would be optimal: each asset earns the
 * risk-free rate plus its beta to the market times the market's premium (CAPM). A prior that knows
 * only risk, so that past luck does not decide.
 *
 * @param covariance n x n, row-major, per year
 * @param marketWeights n weights of the market portfolio, not negative, any positive sum
 * @returns n expected returns per year, arithmetic
 * @throws {EngineError} 'bad-input' when sizes differ or no asset has a market weight;
 *   'zero-variance' when the market portfolio has no risk to reward
 * @source Sharpe (1964); Black and Litterman (1992) for its use as a prior
 */
export function equilibriumReturns(
  covariance: Float64Array,
  marketWeights: Float64Array,
  settings: EquilibriumSettings,
): Float64Array {
  const n = marketWeights.length;
  const total = marketWeights.reduce((sum, weight) => sum + weight, 0);
  if (covariance.length !== n * n || !(total > 0) || marketWeights.some((w) => !(w >= 0))) {
    throw new EngineError(
      'bad-input',
      'Give market weights that are not negative and not all zero, one per row of the covariance.',
      { assets: n, covariance: covariance.length, total },
    );
  }
  const { riskFree, marketSharpe } = settings;
  if (!(Number.isFinite(riskFree) && Number.isFinite(marketSharpe) && total < Infinity)) {
    throw new EngineError(
      'bad-input',
      `The market weights sum to ${total}, the risk-free rate is ${riskFree} and the market's Sharpe ratio ${marketSharpe}; give numbers.`,
      { total, riskFree, marketSharpe },
    );
  }
  const withMarket = new Float64Array(n);
  let variance = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += covariance[i * n + j] * (marketWeights[j] / total);
    withMarket[i] = sum;
    variance += (marketWeights[i] / total) * sum;
  }
  if (!(variance > 0)) {
    throw new EngineError('zero-variance', 'The market portfolio carries no risk to be paid for.', {
      variance,
    });
  }
  const perCovariance = settings.marketSharpe / Math.sqrt(variance);
  return withMarket.map(
    (covarianceWithMarket) => settings.riskFree + perCovariance * covarianceWithMarket,
  );
}
