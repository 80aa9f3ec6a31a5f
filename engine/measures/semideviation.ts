import { mean, needs, type Series } from './mean.ts';

/**
 * Root of the summed squares below the mean over n - 1, per period.
 *
 * @param returns fractions per period
 * @returns a fraction per period
 * @throws {EngineError} 'short-history' below two returns
 * @source Portfolio Performance, Risk.java
 */
export function semideviation(returns: Series): number {
  needs(returns, 2);
  const m = mean(returns);
  let sum = 0;
  for (let t = 0; t < returns.length; t++) sum += Math.min(returns[t] - m, 0) ** 2;
  return Math.sqrt(sum / (returns.length - 1));
}
