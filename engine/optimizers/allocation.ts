import { dot } from '../linalg/multiply.ts';
import type { Solution } from '../solvers/quadratic-program.ts';
import { varianceOf } from './covariance-form.ts';
import type { Allocation, Binding, Problem } from './problem.ts';

/** A shadow price below this is rounding, not a limit that binds. */
const material = 1e-10;

/** What an allocation is worth: return, volatility and the cost of getting there. */
export function allocation(
  problem: Problem,
  answer: Pick<
    Allocation,
    'method' | 'weights' | 'binding' | 'residual' | 'iterations' | 'solvedBy'
  >,
): Allocation {
  const { weights } = answer;
  return {
    ...answer,
    expectedReturn: dot(problem.expectedReturns, weights),
    volatility: volatilityOf(problem, weights),
    tradingCost: tradingCostOf(problem, weights),
    binding: answer.binding
      .filter((one) => one.shadowPrice > material)
      .sort((a, b) => b.shadowPrice - a.shadowPrice),
  };
}

/** Volatility per year of weights. */
export function volatilityOf(problem: Problem, weights: Float64Array): number {
  return Math.sqrt(varianceOf(problem, weights));
}

/** Fraction of value spent on trading from the present weights to these; 0 without costs. */
export function tradingCostOf(problem: Problem, weights: Float64Array): number {
  const { current, tradingCosts, marketImpact } = problem;
  if (current === undefined) return 0;
  let cost = 0;
  for (let i = 0; i < weights.length; i++) {
    const size = Math.abs(weights[i] - current[i]);
    cost += (tradingCosts?.[i] ?? 0) * size + (marketImpact?.[i] ?? 0) * size * Math.sqrt(size);
  }
  return cost;
}

/** Expected return less trading costs. */
export function netReturnOf(problem: Problem, weights: Float64Array): number {
  return dot(problem.expectedReturns, weights) - tradingCostOf(problem, weights);
}

/**
 * Limits with their prices, from multipliers of the portfolio program (budget first, then the
 * problem's linear limits).
 *
 * @param scale multiplier of the solver to shadow price of the method
 */
export function bindings(
  problem: Problem,
  multipliers: Pick<Solution, 'boundMultipliers' | 'rowMultipliers'>,
  shadowUnit: Binding['shadowUnit'],
  scale: number,
): Binding[] {
  const { assets, limits } = problem;
  const found: Binding[] = [];
  assets.forEach((asset, i) => {
    const price = scale * multipliers.boundMultipliers[i];
    if (price > 0) found.push(single('lower', asset, limits.lower[i], price, shadowUnit));
    else if (price < 0) found.push(single('upper', asset, limits.upper[i], -price, shadowUnit));
  });
  limits.linear.forEach((limit, r) => {
    const price = scale * multipliers.rowMultipliers[r + 1];
    if (price > 0)
      found.push({
        limit: limit.name,
        kind: 'at-least',
        bound: limit.lower,
        shadowPrice: price,
        shadowUnit,
      });
    else if (price < 0)
      found.push({
        limit: limit.name,
        kind: 'at-most',
        bound: limit.upper,
        shadowPrice: -price,
        shadowUnit,
      });
  });
  return found;
}

function single(
  kind: 'lower' | 'upper',
  asset: string,
  bound: number,
  shadowPrice: number,
  shadowUnit: Binding['shadowUnit'],
): Binding {
  const limit = `${kind === 'lower' ? 'minimum' : 'maximum'} of ${asset}`;
  return { limit, kind, asset, bound, shadowPrice, shadowUnit };
}
