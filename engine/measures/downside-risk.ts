import { needs, type Series } from './mean.ts';

/**
 * Root mean square of the shortfall below a target, over all periods, scaled to a year.
 *
 * @param returns fractions per period
 * @param target least acceptable return per period
 * @returns a fraction per year
 * @throws {EngineError} 'short-history' when empty
 * @source Sortino and Price (1994)
 */
export function downsideRisk(returns: Series, periodsPerYear: number, target = 0): number {
  needs(returns, 1);
  let sum = 0;
  for (let t = 0; t < returns.length; t++) sum += Math.min(returns[t] - target, 0) ** 2;
  return Math.sqrt((sum / returns.length) * periodsPerYear);
}
