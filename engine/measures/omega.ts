import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * Gains above a threshold over losses below it.
 *
 * @param returns fractions per period
 * @param threshold return per period
 * @throws {EngineError} 'zero-variance' when nothing falls below; 'short-history' when empty
 * @source Keating and Shadwick (2002)
 */
export function omega(returns: Series, threshold = 0): number {
  needs(returns, 1);
  let gains = 0;
  let losses = 0;
  for (let t = 0; t < returns.length; t++) {
    const excess = returns[t] - threshold;
    if (excess > 0) gains += excess;
    else losses -= excess;
  }
  if (losses === 0) {
    throw new EngineError('zero-variance', 'No return falls below the threshold.', { threshold });
  }
  return gains / losses;
}
