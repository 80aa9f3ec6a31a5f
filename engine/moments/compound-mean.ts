import { EngineError } from '../errors.ts';
import { firstRows } from './first-rows.ts';

/**
 * Growth per year that was had by holding: (product of 1 + r)^(periods per year / count) - 1. Lower
 * than the arithmetic mean by about half the variance. Each asset's own history counts.
 *
 * @param returns m x n, row-major simple returns per period; NaN before an asset's first
 * @param names n symbols
 * @returns n numbers per year
 * @throws {EngineError} 'short-history'; 'bad-input' for a gap or a loss of more than everything
 */
export function compoundMean(
  returns: Float64Array,
  names: readonly string[],
  periodsPerYear: number,
): Float64Array {
  const n = names.length;
  const m = returns.length / n;
  const first = firstRows(returns, names, 1);
  return Float64Array.from(names, (asset, j) => {
    let growth = 1;
    for (let t = first[j]; t < m; t++) {
      const value = returns[t * n + j];
      if (value < -1) {
        throw new EngineError(
          'bad-input',
          `${asset} lost ${-100 * value} % in row ${t}; a simple return cannot be below -100 %.`,
          { asset, row: t, value },
        );
      }
      growth *= 1 + value;
    }
    return growth ** (periodsPerYear / (m - first[j])) - 1;
  });
}
