import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import { columnMeans } from '../../engine/moments/observations.ts';
import { sampleCovariance } from '../../engine/moments/sample-covariance.ts';
import { randomSource } from '../../engine/random.ts';

/** Days of the bench's returns: five years. */
export const rows = 1260;

/** Per year. */
export interface Moments {
  /** n. */
  readonly expectedReturns: Float64Array;
  /** n x n, row-major. */
  readonly covariance: Float64Array;
}

/**
 * Daily returns of simulated stocks, rows x n: a market, ten sectors and each stock's own noise, with
 * volatilities from 15 to 60 %. The shape of a stock universe, so that supports are as sparse as there.
 */
export function simulatedReturns(n: number, seed: number): Float64Array {
  const random = randomSource(seed);
  const beta = Float64Array.from({ length: n }, () => 1 + 0.35 * random.normal());
  const own = Float64Array.from({ length: n }, () => 0.006 + 0.02 * random.uniform());
  const drift = Float64Array.from({ length: n }, () => 0.0002 + 0.0002 * random.normal());
  const returns = new Float64Array(rows * n);
  const sector = new Float64Array(10);
  for (let t = 0; t < rows; t++) {
    const market = 0.01 * random.normal();
    for (let s = 0; s < 10; s++) sector[s] = 0.006 * random.normal();
    for (let i = 0; i < n; i++)
      returns[t * n + i] = drift[i] + beta[i] * market + sector[i % 10] + own[i] * random.normal();
  }
  return returns;
}

/** Means and sample covariance per year. */
export function momentsOf(returns: Float64Array, n: number): Moments {
  return {
    expectedReturns: columnMeans(returns, n).map((mean) => tradingDaysPerYear * mean),
    covariance: sampleCovariance(returns, n).map((value) => tradingDaysPerYear * value),
  };
}

/** Of {@link simulatedReturns}. */
export function simulatedMoments(n: number, seed: number): Moments {
  return momentsOf(simulatedReturns(n, seed), n);
}
