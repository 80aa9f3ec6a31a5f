import { EngineError } from '../errors.ts';
import { nameOf } from './observations.ts';

/**
 * Where the history of each asset begins, in returns that are NaN before it and nowhere else.
 *
 * @param returns m x n, row-major
 * @param names n symbols
 * @param least returns every asset needs
 * @returns n row numbers
 * @throws {EngineError} 'bad-input' for a gap inside a history, naming asset and row; 'short-history'
 *   naming the asset with too few returns
 */
export function firstRows(
  returns: Float64Array,
  names: readonly string[],
  least: number,
): Int32Array {
  const n = names.length;
  const m = returns.length / n;
  if (!(Number.isInteger(m) && n > 0)) {
    throw new EngineError(
      'bad-input',
      `${returns.length} returns do not fill rows of ${n} assets; give one row per day.`,
      { numbers: returns.length, n },
    );
  }
  const first = new Int32Array(n);
  for (let j = 0; j < n; j++) {
    let t = 0;
    while (t < m && Number.isNaN(returns[t * n + j])) t++;
    first[j] = t;
    const asset = nameOf(names, j);
    if (m - t < least) {
      throw new EngineError(
        'short-history',
        `${asset} has ${m - t} returns and needs at least ${least}; leave it out or give more.`,
        { asset, observations: m - t, least },
      );
    }
    for (; t < m; t++) {
      const value = returns[t * n + j];
      if (Number.isFinite(value)) continue;
      throw new EngineError(
        'bad-input',
        `The return of ${asset} in row ${t} is ${value}; fill or drop it by a named rule.`,
        { row: t, column: j, asset, value },
      );
    }
  }
  return first;
}
