import { type Series, standardDeviation } from './mean.ts';

/**
 * Sample standard deviation (divisor n - 1) scaled to a year by the square root of time.
 *
 * @param returns fractions per period
 * @returns a fraction per year
 * @throws {EngineError} 'short-history' below two returns
 */
export function annualVolatility(returns: Series, periodsPerYear: number): number {
  return standardDeviation(returns) * Math.sqrt(periodsPerYear);
}
