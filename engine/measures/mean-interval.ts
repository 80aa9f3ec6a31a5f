import { type Interval, normalInterval } from './interval.ts';
import { mean, type Series, standardDeviation } from './mean.ts';

/**
 * Arithmetic mean return per year with its standard error (sample deviation over root n), returns
 * taken as independent.
 *
 * @param returns fractions per period
 * @throws {EngineError} 'short-history' below two returns
 */
export function meanInterval(returns: Series, periodsPerYear: number, level = 0.95): Interval {
  const error = (standardDeviation(returns) / Math.sqrt(returns.length)) * periodsPerYear;
  return normalInterval(mean(returns) * periodsPerYear, error, level);
}
