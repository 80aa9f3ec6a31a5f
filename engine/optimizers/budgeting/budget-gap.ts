import type { BudgetPoint } from './budget-point.ts';
import type { BudgetProblem } from './budget-problem.ts';
import type { ScenarioLosses } from './scenario-term.ts';

/**
 * How far risk less the logarithms' reward can be from its least value within the limits, relative to
 * the risk: the difference from a lower bound by duality. Any multipliers give a bound; those of the
 * solver are first cut and scaled until they are ones that the measure allows.
 *
 * @param value the measure of the weights
 * @param scale turns the solver's prices into those per unit of the measure
 */
export function budgetGap(
  posed: BudgetProblem,
  losses: ScenarioLosses,
  point: BudgetPoint,
  value: number,
  scale: number,
): number {
  const { budgets, lower, upper, rows, share } = posed;
  const { x, boundPrices, rowPrices } = point;
  const strength = point.strength * scale;
  const m = x.length;
  const shares = allowed(losses, point.multipliers);
  const slope = new Float64Array(m);
  let bound = 0;
  for (let t = 0; t < shares.length; t++) {
    bound += shares[t] * losses.offset[t];
    for (let i = 0; i < m; i++) slope[i] += shares[t] * losses.losses[t * m + i];
  }
  rows.forEach((row, r) => {
    const price = scale * rowPrices[r];
    if (price !== 0) bound += price * (price > 0 ? row.lower : row.upper);
    for (let i = 0; i < m; i++) slope[i] -= price * row.coefficients[i];
  });
  let reached = value;
  let sum = 0;
  for (let i = 0; i < m; i++) {
    const price = scale * boundPrices[i];
    if (price !== 0) bound += price * (price > 0 ? lower[i] : upper[i]);
    slope[i] -= price;
    const product = strength * budgets[i];
    // The least of slope x - product ln x stands at product / slope.
    bound += product - product * Math.log(product / slope[i]);
    reached -= product * Math.log(x[i]);
    sum += x[i];
  }
  const gap = (reached - bound) / value;
  // Rounding may take the bound a hair above; what the sum misses is not in it.
  return Math.max(Math.abs(gap), Math.abs(sum - share));
}

/** Multipliers that the measure allows: every such set gives a risk no greater than the measure. */
function allowed({ kind, mass }: ScenarioLosses, q: Float64Array): Float64Array {
  const shares = q.map((share, t) =>
    kind === 'tail' || kind === 'mean-excess'
      ? Math.min(Math.max(share, 0), mass[t])
      : Math.max(share, 0),
  );
  let norm = 0;
  if (kind === 'mean-excess') return shares;
  if (kind === 'tail') for (const share of shares) norm += share;
  else {
    for (let t = 0; t < shares.length; t++) {
      const next = kind === 'square-drawdown' && t + 1 < shares.length ? shares[t + 1] : 0;
      norm += Math.max(0, shares[t] - next) ** 2 / mass[t];
    }
    norm = Math.sqrt(norm);
  }
  for (let t = 0; t < shares.length; t++) shares[t] /= norm;
  return shares;
}
