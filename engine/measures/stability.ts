import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * How straight the growth was: the R squared of cumulative log return on time.
 *
 * @param returns fractions per period, all above -1
 * @returns 0 to 1
 * @throws {EngineError} 'zero-variance' when the cumulative return never moves; 'short-history'
 *   below two returns
 * @source empyrical, stats.stability_of_timeseries
 */
export function stability(returns: Series): number {
  needs(returns, 2);
  const n = returns.length;
  const path = new Float64Array(n);
  let sum = 0;
  let total = 0;
  for (let t = 0; t < n; t++) {
    sum += Math.log1p(returns[t]);
    path[t] = sum;
    total += sum;
  }
  const middle = total / n;
  const centre = (n - 1) / 2;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let t = 0; t < n; t++) {
    xx += (t - centre) ** 2;
    yy += (path[t] - middle) ** 2;
    xy += (t - centre) * (path[t] - middle);
  }
  if (!(yy > 0)) throw new EngineError('zero-variance', 'The value never moved.', {});
  return (xy * xy) / (xx * yy);
}
