import type { Series } from './mean.ts';

/**
 * Return over the whole span, compounded.
 *
 * @param returns fractions per period; none gives 0
 */
export function totalReturn(returns: Series): number {
  let value = 1;
  for (let t = 0; t < returns.length; t++) value *= 1 + returns[t];
  return value - 1;
}
