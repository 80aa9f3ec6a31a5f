import { drawdowns } from './drawdowns.ts';
import { lossQuantile } from './loss-quantile.ts';
import type { Series } from './mean.ts';

/**
 * The drawdown that the worst `tail` of periods reach.
 *
 * @param returns fractions per period
 * @param compounded as in {@link drawdowns}
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when tail is outside (0, 1]
 * @source Chekhlov, Uryasev and Zabarankin (2005)
 */
export function drawdownAtRisk(returns: Series, tail = 0.05, compounded = true): number {
  return lossQuantile(drawdowns(returns, compounded), tail);
}
