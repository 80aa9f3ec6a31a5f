import type { Series } from './mean.ts';

/**
 * Share of the portfolio that changes hands: half the summed absolute weight changes, with what is
 * not invested counted as cash. Buying a whole portfolio from cash is 1.
 *
 * @param from n fractions
 * @param to n fractions
 * @returns 0 to 1 for portfolios without leverage
 */
export function turnover(from: Series, to: Series): number {
  let sum = 0;
  let cash = 0;
  for (let i = 0; i < from.length; i++) {
    sum += Math.abs(to[i] - from[i]);
    cash += from[i] - to[i];
  }
  return (sum + Math.abs(cash)) / 2;
}
