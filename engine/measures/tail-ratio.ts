import { EngineError } from '../errors.ts';
import type { Series } from './mean.ts';
import { percentile } from './percentile.ts';

/**
 * Size of the 95th percentile return over that of the 5th: above 1, good surprises are larger.
 *
 * @param returns fractions per period
 * @throws {EngineError} 'zero-variance' when the 5th percentile is 0; 'short-history' when empty
 * @source empyrical, stats.tail_ratio
 */
export function tailRatio(returns: Series): number {
  const bad = Math.abs(percentile(returns, 0.05));
  if (bad === 0) {
    throw new EngineError('zero-variance', 'The 5th percentile return is 0.', {});
  }
  return Math.abs(percentile(returns, 0.95)) / bad;
}
