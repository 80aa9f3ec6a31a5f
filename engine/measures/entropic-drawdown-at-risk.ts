import { drawdowns } from './drawdowns.ts';
import { entropicTail } from './entropic-value-at-risk.ts';
import type { Series } from './mean.ts';

/**
 * Entropic value at risk of the drawdowns: above their tail mean, below the deepest.
 *
 * @param returns fractions per period
 * @param compounded as in {@link drawdowns}
 * @returns a positive fraction
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when tail is outside (0, 1)
 * @source Cajas (2021)
 */
export function entropicDrawdownAtRisk(returns: Series, tail = 0.05, compounded = true): number {
  return entropicTail(drawdowns(returns, compounded), tail);
}
