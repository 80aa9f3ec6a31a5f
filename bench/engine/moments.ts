import { randomSource } from '../../engine/random.ts';

/** Days of the bench's returns: five years. */
export const rows = 1260;

export interface SimulatedMoments {
  readonly expectedReturns: Float64Array;
  readonly covariance: Float64Array;
}

/**
 * Sample moments per year of simulated stocks: a market, ten sectors and each stock's own noise, with
 * volatilities from 15 to 60 %. The shape of a stock universe, so that supports are as sparse as there.
 */
export function simulatedMoments(n: number, seed: number): SimulatedMoments {
  const random = randomSource(seed);
  const days = rows;
  const beta = Float64Array.from({ length: n }, () => 1 + 0.35 * random.normal());
  const own = Float64Array.from({ length: n }, () => 0.006 + 0.02 * random.uniform());
  const drift = Float64Array.from({ length: n }, () => 0.0002 + 0.0002 * random.normal());
  const returns = new Float64Array(days * n);
  const sector = new Float64Array(10);
  for (let t = 0; t < days; t++) {
    const market = 0.01 * random.normal();
    for (let s = 0; s < 10; s++) sector[s] = 0.006 * random.normal();
    for (let i = 0; i < n; i++)
      returns[t * n + i] = drift[i] + beta[i] * market + sector[i % 10] + own[i] * random.normal();
  }
  const mean = new Float64Array(n);
  for (let t = 0; t < days; t++) for (let i = 0; i < n; i++) mean[i] += returns[t * n + i] / days;
  const covariance = new Float64Array(n * n);
  const row = new Float64Array(n);
  for (let t = 0; t < days; t++) {
    for (let i = 0; i < n; i++) row[i] = returns[t * n + i] - mean[i];
    for (let i = 0; i < n; i++) {
      const value = (252 / (days - 1)) * row[i];
      for (let j = 0; j <= i; j++) covariance[i * n + j] += value * row[j];
    }
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) covariance[j * n + i] = covariance[i * n + j];
  return { expectedReturns: mean.map((m) => 252 * m), covariance };
}
