import { EngineError } from '../errors.ts';
import { downsideRisk } from './downside-risk.ts';
import { mean, type Series } from './mean.ts';

/**
 * Mean return above a target over the downside risk, per year.
 *
 * @param returns fractions per period
 * @param periodsPerYear 1 leaves the ratio per period
 * @param target least acceptable return per period
 * @throws {EngineError} 'zero-variance' when no return falls below the target
 * @source Sortino and Price (1994); Rollinger and Hoffman, "Sortino: a sharper ratio"
 */
export function sortino(returns: Series, periodsPerYear: number, target = 0): number {
  const risk = downsideRisk(returns, periodsPerYear, target);
  if (!(risk > 0)) {
    throw new EngineError(
      'zero-variance',
      'No return falls below the target, so there is no downside to divide by.',
      { target },
    );
  }
  return ((mean(returns) - target) * periodsPerYear) / risk;
}
