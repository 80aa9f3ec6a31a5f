import { drawdowns } from './drawdowns.ts';
import { mean, type Series } from './mean.ts';

/**
 * Mean distance below the highest point so far.
 *
 * @param returns fractions per period
 * @param compounded as in {@link drawdowns}
 * @throws {EngineError} 'short-history' when empty
 * @source Chekhlov, Uryasev and Zabarankin (2005)
 */
export function averageDrawdown(returns: Series, compounded = true): number {
  return mean(drawdowns(returns, compounded));
}
