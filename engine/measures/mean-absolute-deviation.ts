import { mean, needs, type Series } from './mean.ts';

/**
 * Mean distance from the mean, either way; half of it lies below the mean.
 *
 * @param returns fractions per period
 * @returns a fraction per period
 * @throws {EngineError} 'short-history' when empty
 * @source Konno and Yamazaki (1991)
 */
export function meanAbsoluteDeviation(returns: Series): number {
  needs(returns, 1);
  const m = mean(returns);
  let sum = 0;
  for (let t = 0; t < returns.length; t++) sum += Math.abs(returns[t] - m);
  return sum / returns.length;
}
