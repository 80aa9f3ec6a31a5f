import type { SharedPoint } from './budget-point.ts';
import type { BudgetProblem } from './budget-problem.ts';
import { coordinateDescent } from './coordinate-descent.ts';
import { crossing } from './crossing.ts';
import type { Slopes } from './slopes.ts';

/**
 * Risk budgeting within bounds on single weights: the strength of the logarithms is found at which
 * coordinate descent within the bounds gives weights that sum to the share.
 *
 * @param free the point without bounds
 * @returns null when the descent does not settle or no strength does it
 * @source Richard and Roncalli (2019), section 3.2
 */
export function bounded(
  posed: BudgetProblem,
  slopes: Slopes,
  free: SharedPoint,
): SharedPoint | null {
  const { lower, upper, budgets, share } = posed;
  const m = budgets.length;
  const x = free.x.map((w, i) => Math.min(Math.max(w, lower[i]), upper[i]));
  let iterations = 0;
  let unsettled = false;
  const miss = (strength: number): number => {
    const found = coordinateDescent(slopes, budgets, strength, x, { lower, upper });
    iterations += found.sweeps;
    unsettled ||= !found.settled;
    let sum = 0;
    for (const w of x) sum += w;
    return sum - share;
  };
  const strength = crossing(miss, free.strength);
  if (strength === null || unsettled) return null;
  let sum = 0;
  for (const w of x) sum += w;
  if (!(Math.abs(sum - share) <= 1e-11)) return null;
  slopes.refresh(x);
  const boundPrices = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    if (x[i] > lower[i] && x[i] < upper[i]) continue;
    const price = slopes.at(i) - (strength * budgets[i]) / x[i];
    // Rounding may leave a price of the wrong sign where a bound only just holds.
    boundPrices[i] = x[i] <= lower[i] ? Math.max(0, price) : Math.min(0, price);
  }
  const rowPrices = new Float64Array(posed.rows.length);
  return { x, strength, boundPrices, rowPrices, iterations };
}
