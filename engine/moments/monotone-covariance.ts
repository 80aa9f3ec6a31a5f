import { EngineError } from '../errors.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';
import { firstRows } from './first-rows.ts';
import { columnMeans, crossProducts } from './observations.ts';

/** Means and covariance from unequal histories. */
export interface MonotoneMoments {
  /** n means per period. */
  readonly means: Float64Array;
  /** n x n, row-major, per period, positive semidefinite. */
  readonly covariance: Float64Array;
}

export interface MonotoneSettings {
  /**
   * Divide residual products by degrees of freedom (default), which for equal histories is the sample
   * covariance, or by the number of days, which is maximum likelihood under normality.
   */
  readonly divisor?: 'degrees-of-freedom' | 'observations';
}

/**
 * Means and covariance of assets that start on different days and then all go on, using every day
 * of each: assets that start together are regressed on all older ones over their common days, and
 * what the older ones' whole history says about those days is carried over. Positive semidefinite by
 * construction, unlike pair by pair.
 *
 * @param returns m x n, row-major, oldest first; NaN before an asset's first
 * @param names n symbols
 * @throws {EngineError} 'short-history' naming an asset whose days are too few to regress on the
 *   older assets; 'bad-input' for a gap; 'not-psd' when older assets are mixes of each other
 * @source Stambaugh (1997), "Analyzing investments whose histories differ in length"
 */
export function monotoneCovariance(
  returns: Float64Array,
  names: readonly string[],
  settings: MonotoneSettings = {},
): MonotoneMoments {
  const n = names.length;
  const m = returns.length / n;
  const first = firstRows(returns, names, 2);
  const order = Array.from(names, (_, j) => j).sort((a, b) => first[a] - first[b] || a - b);
  const means = new Float64Array(n);
  const covariance = new Float64Array(n * n);
  for (let from = 0, to = 0; from < n; from = to) {
    while (to < n && first[order[to]] === first[order[from]]) to++;
    const block = { older: order.slice(0, from), young: order.slice(from, to) };
    const lost = settings.divisor === 'observations' ? 0 : 1 + from;
    const days = m - first[order[from]];
    if (days < Math.max(2, from + 2)) {
      const asset = names[order[from]];
      throw new EngineError(
        'short-history',
        `${asset} has ${days} returns and needs ${from + 2} to be related to ${from} older assets; leave it out.`,
        { asset, observations: days, least: from + 2 },
      );
    }
    addBlock(tail(returns, n, first[order[from]], block), block, lost, means, covariance, names);
  }
  return { means, covariance };
}

interface Block {
  /** Columns already done. */
  readonly older: readonly number[];
  /** Columns that start on the block's first day. */
  readonly young: readonly number[];
}

/** Rows from the block's start, its columns in the order older, young. */
function tail(returns: Float64Array, n: number, start: number, block: Block): Float64Array {
  const columns = [...block.older, ...block.young];
  const m = returns.length / n;
  const rows = new Float64Array((m - start) * columns.length);
  for (let t = start; t < m; t++)
    for (let k = 0; k < columns.length; k++)
      rows[(t - start) * columns.length + k] = returns[t * n + columns[k]];
  return rows;
}

/** Regression of the block's assets on the older ones, and what it implies for all. */
function addBlock(
  rows: Float64Array,
  { older, young }: Block,
  lost: number,
  means: Float64Array,
  covariance: Float64Array,
  names: readonly string[],
): void {
  const n = names.length;
  const k = older.length;
  const width = k + young.length;
  const days = rows.length / width;
  const shortMeans = columnMeans(rows, width);
  const products = crossProducts(rows, width, 1);
  const slopes = regress(products, k, width, older, names);
  young.forEach((asset, a) => {
    means[asset] = shortMeans[k + a];
    older.forEach((other, i) => {
      means[asset] += slopes[i * young.length + a] * (means[other] - shortMeans[i]);
      let sum = 0;
      older.forEach((third, l) => {
        sum += covariance[other * n + third] * slopes[l * young.length + a];
      });
      covariance[asset * n + other] = sum;
      covariance[other * n + asset] = sum;
    });
  });
  for (let a = 0; a < young.length; a++) {
    for (let b = 0; b <= a; b++) {
      let residual = products[(k + a) * width + k + b];
      let explained = 0;
      for (let i = 0; i < k; i++) {
        const slope = slopes[i * young.length + b];
        residual -= products[(k + a) * width + i] * slope;
        explained += covariance[young[a] * n + older[i]] * slope;
      }
      const value = explained + residual / (days - lost);
      covariance[young[a] * n + young[b]] = value;
      covariance[young[b] * n + young[a]] = value;
    }
  }
}

/** Slopes of the young on the older assets: k x young, row-major. */
function regress(
  products: Float64Array,
  k: number,
  width: number,
  older: readonly number[],
  names: readonly string[],
): Float64Array {
  const among = new Float64Array(k * k);
  const across = new Float64Array(k * (width - k));
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) among[i * k + j] = products[i * width + j];
    for (let a = k; a < width; a++) across[i * (width - k) + a - k] = products[i * width + a];
  }
  const attempt = choleskyFactor(among, k);
  if ('factor' in attempt) return choleskySolve(attempt.factor, k, across, width - k);
  const asset = names[older[attempt.failedAt]];
  throw new EngineError(
    'not-psd',
    `${asset} is a mix of other assets on the common days, so nothing can be regressed on it; leave it out.`,
    { asset },
  );
}
