import type { SharedPoint } from './budget-point.ts';
import type { BudgetProblem } from './budget-problem.ts';

/**
 * How far a point is from sharing variance as asked, computed from the slopes of the variance alone: the largest
 * relative error of x_i (slope_i - prices of limits) against strength x budget_i, and with it what
 * prices stand on limits that do not hold, and what the sum of the weights misses.
 *
 * @param slope m slopes of half the variance of the whole portfolio
 */
export function budgetResidual(
  posed: BudgetProblem,
  slope: Float64Array,
  { x, strength, boundPrices, rowPrices }: SharedPoint,
): number {
  const { budgets, lower, upper, rows, share } = posed;
  const m = x.length;
  let sum = 0;
  for (const w of x) sum += w;
  let worst = Math.abs(sum - share);
  for (let i = 0; i < m; i++) {
    let net = slope[i] - boundPrices[i];
    rows.forEach((row, r) => {
      net -= rowPrices[r] * row.coefficients[i];
    });
    const product = strength * budgets[i];
    const room = boundPrices[i] > 0 ? x[i] - lower[i] : upper[i] - x[i];
    worst = Math.max(
      worst,
      Math.abs(x[i] * net - product) / product,
      boundPrices[i] === 0 ? 0 : (Math.abs(boundPrices[i]) * Math.abs(room)) / strength,
      lower[i] - x[i],
      x[i] - upper[i],
    );
  }
  rows.forEach((row, r) => {
    let activity = 0;
    for (let i = 0; i < m; i++) activity += row.coefficients[i] * x[i];
    worst = Math.max(worst, row.lower - activity, activity - row.upper);
    if (rowPrices[r] === 0) return;
    const room = rowPrices[r] > 0 ? activity - row.lower : row.upper - activity;
    worst = Math.max(worst, (Math.abs(rowPrices[r]) * Math.abs(room)) / strength);
  });
  // Not a number counts as missed.
  return worst >= 0 ? worst : Infinity;
}
