import { needs, type Series } from './mean.ts';

/**
 * Mean distance between two different periods.
 *
 * @param returns fractions per period
 * @returns a fraction per period
 * @throws {EngineError} 'short-history' below two returns
 * @source Yitzhaki (1982)
 */
export function giniMeanDifference(returns: Series): number {
  needs(returns, 2);
  const sorted = Float64Array.from(returns).sort();
  const n = sorted.length;
  let sum = 0;
  // The k-th of n sorted values is the larger one in k pairs and the smaller one in n - 1 - k.
  for (let k = 0; k < n; k++) sum += (2 * k - n + 1) * sorted[k];
  return (2 * sum) / (n * (n - 1));
}
