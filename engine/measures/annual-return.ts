import { needs, type Series } from './mean.ts';
import { totalReturn } from './total-return.ts';

/**
 * Geometric return per year (compound annual growth).
 *
 * @param returns fractions per period
 * @param periodsPerYear e.g. 252 for trading days
 * @param periods how many periods the span has, when it is more than there are returns
 * @returns a fraction per year; -1 after a total loss
 * @throws {EngineError} 'short-history' when empty
 */
export function annualReturn(
  returns: Series,
  periodsPerYear: number,
  periods: number = returns.length,
): number {
  needs(returns, 1);
  return (1 + totalReturn(returns)) ** (periodsPerYear / periods) - 1;
}
