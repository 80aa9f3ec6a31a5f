import type { BudgetProblem } from './budget-problem.ts';
import { coordinateDescent } from './coordinate-descent.ts';
import type { SharedPoint } from './interior-point.ts';

const mostStrengths = 80;

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
  quadratic: Float64Array,
  free: SharedPoint,
): SharedPoint | null {
  const { lower, upper, budgets, share } = posed;
  const m = budgets.length;
  const x = free.x.map((w, i) => Math.min(Math.max(w, lower[i]), upper[i]));
  let strength = free.strength;
  let iterations = 0;
  let low = 0;
  let lowMiss = 0;
  let high = Infinity;
  let highMiss = 0;
  for (let step = 0; step < mostStrengths; step++) {
    const found = coordinateDescent(quadratic, budgets, strength, x, { lower, upper });
    iterations += found.sweeps;
    if (!found.settled) return null;
    let held = 0;
    let loose = 0;
    for (let i = 0; i < m; i++) {
      if (x[i] <= lower[i] || x[i] >= upper[i]) held += x[i];
      else loose += x[i];
    }
    const miss = held + loose - share;
    if (Math.abs(miss) <= 1e-14) break;
    if (miss < 0) {
      low = strength;
      lowMiss = miss;
    } else {
      high = strength;
      highMiss = miss;
    }
    if (high - low <= 4e-16 * high) break;
    // Loose weights grow with the root of the strength: exact while the same bounds hold.
    let next = loose > 0 ? strength * ((share - held) / loose) ** 2 : Number.NaN;
    if (step > 3 && low > 0 && high < Infinity)
      next =
        step % 3 === 0
          ? Math.sqrt(low * high)
          : low - (lowMiss * (high - low)) / (highMiss - lowMiss);
    if (!(next > low && next < high) || share <= held) {
      if (high === Infinity) next = 4 * strength;
      else if (low === 0) next = strength / 16;
      else next = Math.sqrt(low * high);
    }
    if (next < 1e-18 * free.strength || next > 1e18 * free.strength) return null;
    strength = next;
  }
  let sum = 0;
  for (const w of x) sum += w;
  if (!(Math.abs(sum - share) <= 1e-12)) return null;
  const boundPrices = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    if (x[i] > lower[i] && x[i] < upper[i]) continue;
    let slope = 0;
    for (let j = 0; j < m; j++) slope += quadratic[i * m + j] * x[j];
    const price = slope - (strength * budgets[i]) / x[i];
    // Rounding may leave a price of the wrong sign where a bound only just holds.
    boundPrices[i] = x[i] <= lower[i] ? Math.max(0, price) : Math.min(0, price);
  }
  const rowPrices = new Float64Array(posed.rows.length);
  return { x, strength, boundPrices, rowPrices, iterations };
}
