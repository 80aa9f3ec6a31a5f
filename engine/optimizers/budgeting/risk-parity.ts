import { EngineError } from '../../errors.ts';
import { allocation, volatilityOf } from '../allocation.ts';
import type { Allocation, Problem } from '../problem.ts';
import { bounded } from './bounded.ts';
import {
  budgetBindings,
  holding,
  noSharing,
  notProved,
  wholeWeights,
  withoutChoice,
} from './budget-answer.ts';
import { type BudgetProblem, budgetProblem, mustBeFeasible } from './budget-problem.ts';
import { budgetResidual } from './budget-residual.ts';
import { coordinateDescent } from './coordinate-descent.ts';
import type { SharedPoint } from './interior-point.ts';
import { entries, submatrix } from './risky-part.ts';
import { shareRisk } from './strength-search.ts';
import { varianceTerm } from './variance-term.ts';
import { volatilities } from './volatilities.ts';

/** Residual at which an answer counts as proved. */
const optimality = 1e-8;

/**
 * Risk parity: every asset carries the share of variance that `riskBudgets` asks for, all the same when
 * there are none. Long only. Where limits forbid that, the assets that no limit holds still share risk
 * in proportion to their budgets, and `binding` says which limits hold the others. Assets without risk
 * are held as little as the limits permit, which `repairs` says. Trading costs are reported and change
 * nothing.
 *
 * @returns shadow prices are, per unit of relaxation, what volatility less the logarithms' reward would
 *   fall by; the residual is the largest relative error of a risk contribution
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when nothing carries risk or the risks of long positions cancel;
 *   'bad-input' for budgets that do not fit; 'not-converged' when the limits leave no portfolio whose
 *   free assets share risk
 * @source Maillard, Roncalli and Teiletche (2010); Griveau-Billion, Richard and Roncalli (2013); limits:
 *   Richard and Roncalli (2019)
 */
export function riskParity(problem: Problem): Allocation {
  const volatility = volatilities(problem);
  const posed = budgetProblem(problem, volatility);
  const fixed = withoutChoice(posed);
  const method = 'risk-parity';
  const repaired = posed.repairs.length > 0 && { repairs: posed.repairs };
  if (fixed !== null) {
    mustBeFeasible(problem);
    const weights = wholeWeights(posed, fixed);
    const answer = { method, weights, binding: [], residual: 0, iterations: 0 };
    return { ...allocation(problem, { ...answer, solvedBy: 'the limits alone' }), ...repaired };
  }
  const n = problem.assets.length;
  const m = posed.members.length;
  const { covariance } = problem;
  const quadratic = m === n ? covariance : submatrix(covariance, n, posed.members);
  const linear = Float64Array.from(posed.members, (i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += covariance[i * n + j] * posed.aside[j];
    return sum;
  });
  const { point, solvedBy } = solved(problem, posed, quadratic, linear, volatility);
  const residual = budgetResidual(posed, quadratic, linear, point);
  if (!(residual < optimality)) {
    if (cancelled(quadratic, point.x, entries(volatility, posed.members))) throw noRisk(problem);
    throw notProved(problem, residual);
  }
  const weights = wholeWeights(posed, point.x);
  const scale = 1 / volatilityOf(problem, weights);
  return {
    ...allocation(problem, {
      method,
      weights,
      binding: budgetBindings(problem, posed, point, scale),
      residual,
      iterations: point.iterations,
      solvedBy,
    }),
    ...repaired,
  };
}

function solved(
  problem: Problem,
  posed: BudgetProblem,
  quadratic: Float64Array,
  linear: Float64Array,
  volatility: Float64Array,
): { point: SharedPoint; solvedBy: string } {
  const m = posed.members.length;
  const start = Float64Array.from(
    posed.members,
    (i, k) => Math.sqrt(posed.budgets[k]) / volatility[i],
  );
  const alone = linear.every((c) => c === 0);
  if (alone) {
    const { x, sweeps, settled } = coordinateDescent(quadratic, posed.budgets, 1, start.slice());
    if (settled) {
      let sum = 0;
      for (const w of x) sum += w;
      const scale = posed.share / sum;
      for (let i = 0; i < m; i++) x[i] *= scale;
      const free = {
        x,
        strength: scale * scale,
        boundPrices: new Float64Array(m),
        rowPrices: new Float64Array(posed.rows.length),
        iterations: sweeps,
      };
      if (withinBounds(posed, x) && withinRows(posed, x))
        return { point: free, solvedBy: 'cyclical coordinate descent' };
      const held = bounded(posed, quadratic, free);
      if (held !== null && withinRows(posed, held.x)) {
        const solvedBy = 'cyclical coordinate descent within bounds';
        return { point: { ...held, iterations: sweeps + held.iterations }, solvedBy };
      }
      start.set(x);
    }
  }
  mustBeFeasible(problem);
  let sum = 0;
  for (const w of start) sum += w;
  for (let i = 0; i < m; i++) start[i] *= posed.share / sum;
  const shared = shareRisk(posed, () => varianceTerm(quadratic, linear), start);
  if (!shared.found) {
    if (cancelled(quadratic, shared.last.x, entries(volatility, posed.members)))
      throw noRisk(problem);
    throw noSharing(holding(problem, posed, shared.last));
  }
  const { point } = shared;
  return { point, solvedBy: 'interior point' };
}

function withinBounds({ lower, upper }: BudgetProblem, x: Float64Array): boolean {
  return x.every((w, i) => w >= lower[i] && w <= upper[i]);
}

function withinRows({ rows }: BudgetProblem, x: Float64Array): boolean {
  return rows.every(({ coefficients, lower, upper }) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += coefficients[i] * x[i];
    return sum >= lower - 1e-13 && sum <= upper + 1e-13;
  });
}

/** True when the weights' risks cancel out: their volatility is nothing beside that of their parts. */
function cancelled(quadratic: Float64Array, x: Float64Array, volatility: Float64Array): boolean {
  const m = x.length;
  let variance = 0;
  let parts = 0;
  for (let i = 0; i < m; i++) {
    parts += x[i] * volatility[i];
    for (let j = 0; j < m; j++) variance += x[i] * x[j] * quadratic[i * m + j];
  }
  return !(variance > 1e-10 * parts * parts);
}

function noRisk(problem: Problem): EngineError {
  return new EngineError(
    'zero-variance',
    'The risks of a long-only mix of these assets cancel out, so there is no risk to share; drop one of the mirrored assets or shrink the covariance.',
    { assets: problem.assets },
  );
}
