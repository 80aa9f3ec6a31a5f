import { mean, needs, type Series } from './mean.ts';

/**
 * Mean shortfall below a least acceptable return, over all periods.
 *
 * @param returns fractions per period
 * @param least acceptable return per period; their mean when absent
 * @returns a fraction per period, not negative
 * @throws {EngineError} 'short-history' when empty
 * @source Fishburn (1977)
 */
export function firstLowerPartialMoment(returns: Series, least = mean(returns)): number {
  needs(returns, 1);
  let sum = 0;
  for (let t = 0; t < returns.length; t++) sum += Math.max(least - returns[t], 0);
  return sum / returns.length;
}
