import { EngineError } from '../errors.ts';
import { annualReturn } from './annual-return.ts';
import { maxDrawdown } from './max-drawdown.ts';
import type { Series } from './mean.ts';
import { growth } from './returns.ts';

/**
 * Annual geometric return over the deepest drawdown.
 *
 * @param returns fractions per period
 * @param periods as for {@link annualReturn}
 * @throws {EngineError} 'zero-variance' when there was no drawdown
 * @source Young (1991)
 */
export function calmar(
  returns: Series,
  periodsPerYear: number,
  periods: number = returns.length,
): number {
  const { depth } = maxDrawdown(growth(returns));
  if (depth === 0) {
    throw new EngineError('zero-variance', 'There was no drawdown to divide by.', { depth });
  }
  return annualReturn(returns, periodsPerYear, periods) / -depth;
}
