import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * The level that the worst `tail` of periods reach: an order statistic, never between two.
 *
 * @param levels losses or drawdowns, more is worse
 * @param tail in (0, 1], e.g. .05
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when tail is outside (0, 1]
 * @source Rockafellar and Uryasev (2002), definition 1
 */
export function lossQuantile(levels: Series, tail = 0.05): number {
  needs(levels, 1);
  if (!(tail > 0 && tail <= 1)) {
    throw new EngineError('bad-input', `Tail ${tail} must be above 0 and at most 1.`, { tail });
  }
  const sorted = Float64Array.from(levels).sort();
  // A hair above a whole number is that number: .05 x 20 is the first value.
  const rank = Math.max(1, Math.ceil(tail * sorted.length - 1e-9));
  return sorted[sorted.length - rank];
}
