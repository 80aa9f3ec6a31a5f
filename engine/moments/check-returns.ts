import { EngineError } from '../errors.ts';
import { refuseStill } from './deviations.ts';
import { nameOf, observationCount } from './observations.ts';

/**
 * Refuses returns that no covariance can be trusted from, each cause with its own code.
 *
 * @param returns m x n, row-major, per period
 * @param names n symbols
 * @param least returns needed, two by default
 * @throws {EngineError} 'short-history' with the number of returns; 'bad-input' with the place of a
 *   number that is not finite; 'zero-variance' naming an asset that never moves; 'duplicate-asset'
 *   with all groups of assets whose returns are the same in every row
 */
export function checkReturns(returns: Float64Array, names: readonly string[], least = 2): void {
  const n = names.length;
  const m = observationCount(returns, n, Math.max(2, least), names);
  for (let j = 0; j < n; j++) {
    let mean = 0;
    for (let t = 0; t < m; t++) mean += returns[t * n + j] / m;
    let variance = 0;
    for (let t = 0; t < m; t++) variance += (returns[t * n + j] - mean) ** 2 / (m - 1);
    refuseStill(variance, j, names);
  }
  const groups = duplicateColumns(returns, n).map((group) => group.map((j) => nameOf(names, j)));
  if (groups.length === 0) return;
  throw new EngineError(
    'duplicate-asset',
    `The returns of ${groups.map((group) => group.join(' and ')).join(', and of ')} are the same on every day; keep one of them.`,
    { groups },
  );
}

/**
 * Groups of columns that are equal in every row.
 *
 * @param returns m x n, row-major
 * @returns groups of two or more column numbers, rising
 */
export function duplicateColumns(returns: Float64Array, n: number): number[][] {
  const m = n === 0 ? 0 : returns.length / n;
  const equal = (a: number, b: number) => {
    for (let t = 0; t < m; t++) if (returns[t * n + a] !== returns[t * n + b]) return false;
    return true;
  };
  const groups = new Map<number, number[][]>();
  for (let j = 0; j < n; j++) {
    // Columns of different sums differ; the rest is compared row by row.
    let sum = 0;
    for (let t = 0; t < m; t++) sum += returns[t * n + j];
    const alike = groups.get(sum) ?? [];
    groups.set(sum, alike);
    const group = alike.find(([other]) => equal(other, j));
    if (group === undefined) alike.push([j]);
    else group.push(j);
  }
  return [...groups.values()].flat().filter((group) => group.length > 1);
}
