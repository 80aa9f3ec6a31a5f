import { EngineError } from '../../errors.ts';
import { factorForm } from '../../linalg/factor-form.ts';
import { dot } from '../../linalg/multiply.ts';
import { denseForm, product, type QuadraticForm } from '../../linalg/quadratic-form.ts';
import { allocation, volatilityOf } from '../allocation.ts';
import { covarianceForm } from '../covariance-form.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Allocation, Problem } from '../problem.ts';
import { bounded } from './bounded.ts';
import { boundsAllow } from './bounds-allow.ts';
import {
  budgetBindings,
  holding,
  noSharing,
  notProved,
  wholeWeights,
  withoutChoice,
} from './budget-answer.ts';
import type { SharedPoint } from './budget-point.ts';
import { type BudgetProblem, budgetProblem, mustBeFeasible } from './budget-problem.ts';
import { budgetResidual } from './budget-residual.ts';
import { coordinateDescent } from './coordinate-descent.ts';
import { newtonDescent } from './newton-descent.ts';
import { entries, submatrix } from './risky-part.ts';
import { denseSlopes, factorSlopes } from './slopes.ts';
import { shareRisk } from './strength-search.ts';
import { varianceTerm } from './variance-term.ts';
import { volatilities } from './volatilities.ts';

/** Residual at which an answer counts as proved. */
const optimality = 1e-8;

const descent = 'cyclical coordinate descent';
/** Sweeps before Newton's method takes over, which is slower at first and much faster at the end. */
const firstSweeps = 10;

/**
 * Risk parity: every asset carries the share of variance that `riskBudgets` asks for, all the same when
 * there are none. Long only. Where limits forbid that, the assets that no limit holds still share risk
 * in proportion to their budgets, and `binding` says which limits hold the others. Assets without risk
 * are held as little as the limits permit, which `repairs` says. Trading costs are reported and change
 * nothing.
 *
 * @returns shadow prices are, per unit of relaxation, what volatility less the logarithms' reward would
 *   fall by; the residual is the largest relative error of a risk contribution
 * @throws {Infeasible} when no portfolio meets the limits, or none whose free assets share risk
 * @throws {EngineError} 'zero-variance' when nothing carries risk or the risks of long positions cancel;
 *   'bad-input' for budgets that do not fit; 'unbounded' when no limit ends how much may be borrowed of
 *   what carries no risk; 'not-converged' when the shares are not proved
 * @source Maillard, Roncalli and Teiletche (2010); Griveau-Billion, Richard and Roncalli (2013); limits:
 *   Richard and Roncalli (2019)
 */
export function riskParity(problem: Problem): Allocation {
  boundsAllow(problem);
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
  const { point, solvedBy } = solved(problem, posed, volatility);
  const weights = wholeWeights(posed, point.x);
  const slope = entries(product(covarianceForm(problem), weights), posed.members);
  const residual = budgetResidual(posed, slope, point);
  if (!(residual < optimality)) {
    if (cancelled(problem, weights, volatility)) throw noRisk(problem);
    throw notProved(problem, residual);
  }
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
  volatility: Float64Array,
): { point: SharedPoint; solvedBy: string } {
  const { assets, factors } = problem;
  const { members, budgets, share, rows } = posed;
  const n = assets.length;
  const m = members.length;
  let start: Float64Array = Float64Array.from(
    members,
    (i, k) => Math.sqrt(budgets[k]) / volatility[i],
  );
  const whole = product(covarianceForm(problem), posed.aside);
  const aside = entries(whole, members);
  // What is aside and moves with the members would bend their shares; only the last method knows it.
  if (aside.every((c) => c === 0)) {
    const slopes =
      factors === undefined
        ? denseSlopes(problem.covariance, n, members)
        : factorSlopes(factors, members);
    const form = m === n ? covarianceForm(problem) : partOf(problem, members);
    const near = coordinateDescent(slopes, budgets, 1, start.slice(), undefined, firstSweeps);
    const found = near.settled ? near : newtonDescent(form, budgets, near.x.slice());
    const sweeps = near.settled ? near.sweeps : near.sweeps + found.sweeps;
    const { x } = found;
    if (found.settled) {
      const scale = share / sumOf(x);
      const free: SharedPoint = {
        x: x.map((w) => scale * w),
        strength: scale * scale,
        boundPrices: new Float64Array(m),
        rowPrices: new Float64Array(rows.length),
        iterations: sweeps,
      };
      if (withinBounds(posed, free.x) && withinRows(posed, free.x))
        return { point: free, solvedBy: near.settled ? descent : `${descent}, then Newton` };
      const held = bounded(posed, slopes, free);
      if (held !== null && withinRows(posed, held.x)) {
        const solvedBy = `${descent} within bounds`;
        return { point: { ...held, iterations: sweeps + held.iterations }, solvedBy };
      }
      start = x;
    }
  }
  mustBeFeasible(problem);
  const scale = share / sumOf(start);
  const quadratic = submatrix(multipliedOut(problem), n, members);
  const term = () => varianceTerm(quadratic, aside);
  const shared = shareRisk(
    posed,
    term,
    start.map((w) => scale * w),
  );
  if (!shared.found) {
    if (cancelled(problem, wholeWeights(posed, shared.last.x), volatility)) throw noRisk(problem);
    throw noSharing(holding(problem, posed, shared.last));
  }
  return { point: shared.point, solvedBy: 'interior point' };
}

/** The covariance of some of the assets. */
function partOf({ covariance, factors, assets }: Problem, members: Int32Array): QuadraticForm {
  const m = members.length;
  if (factors === undefined) return denseForm(submatrix(covariance, assets.length, members), m);
  const k = factors.loadings.length / assets.length;
  const loadings = new Float64Array(m * k);
  members.forEach((i, a) => {
    loadings.set(factors.loadings.subarray(i * k, i * k + k), a * k);
  });
  const specificVariance = entries(factors.specificVariance, members);
  return factorForm({ ...factors, loadings, specificVariance }, m);
}

function sumOf(x: Float64Array): number {
  let sum = 0;
  for (const w of x) sum += w;
  return sum;
}

function withinBounds({ lower, upper }: BudgetProblem, x: Float64Array): boolean {
  return x.every((w, i) => w >= lower[i] && w <= upper[i]);
}

function withinRows({ rows }: BudgetProblem, x: Float64Array): boolean {
  return rows.every(({ coefficients, lower, upper }) => {
    const activity = dot(coefficients, x);
    return activity >= lower - 1e-13 && activity <= upper + 1e-13;
  });
}

/** True when the weights' risks cancel out: their volatility is nothing beside that of their parts. */
function cancelled(problem: Problem, weights: Float64Array, volatility: Float64Array): boolean {
  return !(volatilityOf(problem, weights) > 1e-5 * dot(weights, volatility));
}

function noRisk(problem: Problem): EngineError {
  return new EngineError(
    'zero-variance',
    'The risks of a long-only mix of these assets cancel out, so there is no risk to share; drop one of the mirrored assets or shrink the covariance.',
    { assets: problem.assets },
  );
}
