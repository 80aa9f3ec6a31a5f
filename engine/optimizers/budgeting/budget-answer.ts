import { type Conflict, EngineError, Infeasible } from '../../errors.ts';
import { percent } from '../../percent.ts';
import type { Binding, Problem } from '../problem.ts';
import type { SharedPoint } from './budget-point.ts';
import type { BudgetProblem } from './budget-problem.ts';

/** n weights: what is aside, and the members' own. */
export function wholeWeights(posed: BudgetProblem, x: Float64Array): Float64Array {
  const weights = posed.aside.slice();
  posed.members.forEach((i, k) => {
    weights[i] = x[k];
  });
  return weights;
}

/** The limits that keep the members from their budgets. Prices are multiplied by `scale`. */
export function budgetBindings(
  problem: Problem,
  posed: BudgetProblem,
  point: Pick<SharedPoint, 'boundPrices' | 'rowPrices'>,
  scale: number,
): Binding[] {
  const { assets, limits } = problem;
  const found: Binding[] = [];
  posed.members.forEach((i, k) => {
    const price = scale * point.boundPrices[k];
    const lower = price > 0;
    const kind = lower ? 'lower' : 'upper';
    found.push({
      limit: `${lower ? 'minimum' : 'maximum'} of ${assets[i]}`,
      kind,
      asset: assets[i],
      bound: limits[kind][i],
      shadowPrice: Math.abs(price),
      shadowUnit: 'risk',
    });
  });
  posed.rows.forEach((row, r) => {
    const limit = limits.linear[row.at];
    const price = scale * point.rowPrices[r];
    found.push({
      limit: limit.name,
      kind: price > 0 ? 'at-least' : 'at-most',
      bound: price > 0 ? limit.lower : limit.upper,
      shadowPrice: Math.abs(price),
      shadowUnit: 'risk',
    });
  });
  return found;
}

/** The limits that hold members at a point, by what loosening them would be worth, dearest first. */
export function holding(problem: Problem, posed: BudgetProblem, point: SharedPoint): Binding[] {
  const held = budgetBindings(problem, posed, point, 1);
  const dearest = held.reduce((most, one) => Math.max(most, one.shadowPrice), 0);
  return held
    .filter((one) => one.shadowPrice > 1e-4 * dearest)
    .sort((a, b) => b.shadowPrice - a.shadowPrice);
}

/**
 * Weights when there is nothing to choose: no member, a single one, or bounds that add up to the share.
 *
 * @throws {EngineError} 'zero-variance' when the limits leave nothing for assets with risk
 */
export function withoutChoice(posed: BudgetProblem): Float64Array | null {
  const { members, share, lower, upper } = posed;
  if (members.length === 0) return new Float64Array();
  if (share <= 1e-12) {
    throw new EngineError(
      'zero-variance',
      `The limits leave ${percent(Math.max(0, share))} for assets with risk, so there is no risk to share; lower the minimum of those without.`,
      { share },
    );
  }
  let least = 0;
  let most = 0;
  for (let i = 0; i < members.length; i++) {
    least += lower[i];
    most += upper[i];
  }
  if (least >= share - 1e-12) return lower.slice();
  if (most <= share + 1e-12) return upper.slice();
  return members.length === 1 ? Float64Array.of(share) : null;
}

/** Why an answer could not be proved. */
export function notProved(problem: Problem, error: number): EngineError {
  return new EngineError(
    'not-converged',
    `The best sharing of risk within these limits misses its conditions by ${error.toExponential(1)}; check the scales of the limits and the history.`,
    { error, assets: problem.assets },
  );
}

/**
 * Why no portfolio shares risk: with the limits held as they are, what lowers risk most is more (or
 * less) than the whole, and no asset without a limit on it is left to carry a share.
 *
 * @param held limits that hold the assets there
 */
export function noSharing(held: readonly Binding[]): Infeasible {
  const conflicts = held.map(({ limit, bound }): Conflict => ({ limit, bound, wouldWork: null }));
  const names = held.map((one) => one.limit).join(', ');
  return new Infeasible(
    `Infeasible: with ${names || 'these limits'} in force no portfolio leaves the other assets risk to share; loosen one of them.`,
    conflicts,
  );
}
