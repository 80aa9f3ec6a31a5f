import type { Path } from './measure.ts';

/**
 * What each period counts as for a path.
 *
 * @param returns portfolio returns per period
 * @param into one level per period, overwritten
 */
export function levelsOf(
  path: Path,
  returns: Float64Array,
  probabilities: Float64Array,
  into: Float64Array,
): void {
  const { length } = returns;
  if (path === 'drawdown') {
    let below = 0;
    for (let t = 0; t < length; t++) {
      below = Math.max(0, below - returns[t]);
      into[t] = below;
    }
    return;
  }
  let mean = 0;
  if (path === 'deviation') for (let t = 0; t < length; t++) mean += probabilities[t] * returns[t];
  for (let t = 0; t < length; t++) into[t] = mean - returns[t];
}

/**
 * Carries shares of levels back to shares of returns: how much one more unit of loss in each period
 * adds. In place.
 */
export function sharesOfLosses(
  path: Path,
  levels: Float64Array,
  probabilities: Float64Array,
  shares: Float64Array,
): void {
  const { length } = levels;
  if (path === 'drawdown') {
    // A loss counts in every later level until the running sum stands at a new high.
    let later = 0;
    for (let t = length - 1; t >= 0; t--) {
      later = levels[t] > 0 ? later + shares[t] : 0;
      shares[t] = later;
    }
    return;
  }
  if (path === 'loss') return;
  let total = 0;
  for (let t = 0; t < length; t++) total += shares[t];
  for (let t = 0; t < length; t++) shares[t] -= probabilities[t] * total;
}
