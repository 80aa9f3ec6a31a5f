import { drawdowns } from './drawdowns.ts';
import type { Series } from './mean.ts';

/**
 * Root mean square of the drawdowns.
 *
 * @param returns fractions per period
 * @param compounded as in {@link drawdowns}
 * @throws {EngineError} 'short-history' when empty
 * @source Martin and McCann (1989)
 */
export function ulcerIndex(returns: Series, compounded = true): number {
  const depths = drawdowns(returns, compounded);
  let sum = 0;
  for (const depth of depths) sum += depth * depth;
  return Math.sqrt(sum / depths.length);
}
