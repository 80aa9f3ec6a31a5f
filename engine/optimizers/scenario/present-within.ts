import { dot } from '../../linalg/multiply.ts';
import type { Setting } from './setting.ts';

/** What rounding may miss of a limit. */
const rounding = 1e-12;

/**
 * Present weights, when they keep all limits and a target of risk: whoever holds what nothing is proved
 * to beat should not pay for another portfolio that is as good.
 *
 * @returns null when there are none, or when they break a limit
 */
export function presentWithin(
  { problem, program, riskOf }: Setting,
  target: number,
): Float64Array | null {
  const { current } = problem;
  if (current === undefined) return null;
  const { lower, upper, rows } = program;
  const kept =
    current.every((w, i) => w >= lower[i] - rounding && w <= upper[i] + rounding) &&
    rows.every((row) => {
      const activity = dot(row.coefficients, current);
      return activity >= row.lower - rounding && activity <= row.upper + rounding;
    });
  return kept && riskOf(current) <= target ? current.slice() : null;
}
