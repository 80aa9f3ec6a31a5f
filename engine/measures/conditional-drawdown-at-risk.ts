import { conditionalValueAtRisk } from './conditional-value-at-risk.ts';
import { drawdowns } from './drawdowns.ts';
import type { Series } from './mean.ts';

/**
 * Mean drawdown of the worst `tail` of periods.
 *
 * @param returns fractions per period
 * @param compounded as in {@link drawdowns}
 * @returns a positive fraction
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when tail is outside (0, 1]
 * @source Chekhlov, Uryasev and Zabarankin (2005)
 */
export function conditionalDrawdownAtRisk(returns: Series, tail = 0.05, compounded = true): number {
  return -conditionalValueAtRisk(
    drawdowns(returns, compounded).map((depth) => -depth),
    tail,
  );
}
