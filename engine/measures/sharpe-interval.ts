import { type Interval, normalInterval } from './interval.ts';
import type { Series } from './mean.ts';
import { sharpe } from './sharpe.ts';

/**
 * Annual Sharpe ratio with its standard error for independent returns: the root of
 * (1 + ratio^2 / 2) / n per period, scaled to a year.
 *
 * @param returns fractions per period
 * @param riskFree return per period
 * @throws {EngineError} 'zero-variance' when the returns do not vary; 'short-history' below two
 * @source Lo, "The statistics of Sharpe ratios" (2002), equation 9
 */
export function sharpeInterval(
  returns: Series,
  periodsPerYear: number,
  riskFree = 0,
  level = 0.95,
): Interval {
  const ratio = sharpe(returns, 1, riskFree);
  const error = Math.sqrt((1 + (ratio * ratio) / 2) / returns.length);
  const scale = Math.sqrt(periodsPerYear);
  return normalInterval(ratio * scale, error * scale, level);
}
