import type { Series } from './mean.ts';
import { percentile } from './percentile.ts';

/**
 * Historical value at risk: the return that the worst `tail` of periods stays below.
 *
 * @param returns fractions per period
 * @param tail e.g. .05 for the worst twentieth
 * @returns a return, negative for a loss
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when tail is outside [0, 1]
 */
export function valueAtRisk(returns: Series, tail = 0.05): number {
  return percentile(returns, tail);
}
