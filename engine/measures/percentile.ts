import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * Percentile with linear interpolation between the order statistics (Hyndman and Fan type 7).
 *
 * @param fraction 0 gives the least and 1 the greatest value
 * @throws {EngineError} 'short-history' when empty; 'bad-input' outside [0, 1]
 * @source Hyndman and Fan (1996)
 */
export function percentile(values: Series, fraction: number): number {
  needs(values, 1);
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new EngineError('bad-input', `Percentile ${fraction} must be between 0 and 1.`, {
      fraction,
    });
  }
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * fraction;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
