import { EngineError } from '../errors.ts';
import { entropicBound } from './entropic-bound.ts';
import { needs, type Series } from './mean.ts';

/**
 * The least entropic risk over all temperatures: the tightest exponential bound on value at risk and
 * on its tail mean.
 *
 * @param returns fractions per period, equally likely
 * @param tail in (0, 1), e.g. .05
 * @returns a loss, positive
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when tail is outside (0, 1)
 * @source Ahmadi-Javid (2012)
 */
export function entropicValueAtRisk(returns: Series, tail = 0.05): number {
  return entropicTail(
    Float64Array.from(returns, (r) => -r),
    tail,
  );
}

/** The same of levels, more being worse. */
export function entropicTail(levels: Float64Array, tail: number): number {
  needs(levels, 1);
  if (!(tail > 0 && tail < 1)) {
    throw new EngineError('bad-input', `Tail ${tail} must lie between 0 and 1.`, { tail });
  }
  const { length } = levels;
  const equal = new Float64Array(length).fill(1 / length);
  return entropicBound(levels, equal, tail, new Float64Array(length)).value;
}
