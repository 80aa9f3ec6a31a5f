import type { Series } from '../measures/mean.ts';
import { turnover } from '../measures/turnover.ts';

/** How far a portfolio has moved from its target. */
export interface Drift {
  /** Share that would have to change hands, cash counted. */
  readonly turnover: number;
  /** The asset furthest from its target; null when there are none. */
  readonly largest: { readonly asset: string; readonly gap: number } | null;
}

/**
 * Drift of today's weights from the target.
 *
 * @param assets n symbols
 * @param current n fractions
 * @param target n fractions
 */
export function drift(assets: readonly string[], current: Series, target: Series): Drift {
  let largest: { asset: string; gap: number } | null = null;
  for (let j = 0; j < assets.length; j++) {
    const gap = current[j] - target[j];
    if (largest === null || Math.abs(gap) > Math.abs(largest.gap)) {
      largest = { asset: assets[j], gap };
    }
  }
  return { turnover: turnover(current, target), largest };
}
