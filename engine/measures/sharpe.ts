import { EngineError } from '../errors.ts';
import { mean, type Series, standardDeviation } from './mean.ts';

/**
 * Mean excess return over its sample standard deviation, scaled to a year.
 *
 * @param returns fractions per period
 * @param periodsPerYear 1 leaves the ratio per period
 * @param riskFree return per period
 * @throws {EngineError} 'zero-variance' when the returns do not vary; 'short-history' below two
 * @source Sharpe (1994)
 */
export function sharpe(returns: Series, periodsPerYear: number, riskFree = 0): number {
  const deviation = standardDeviation(returns);
  if (!(deviation > 0)) {
    throw new EngineError(
      'zero-variance',
      'The returns do not vary, so there is no risk to divide by; say the return alone.',
      { deviation },
    );
  }
  return ((mean(returns) - riskFree) / deviation) * Math.sqrt(periodsPerYear);
}
