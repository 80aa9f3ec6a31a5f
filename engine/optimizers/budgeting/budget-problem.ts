import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { portfolioProgram } from '../portfolio-program.ts';
import type { Problem } from '../problem.ts';
import { budgetsOf } from './budgets.ts';
import { riskyPart } from './risky-part.ts';

/** A risk budgeting problem after what carries no risk or has no freedom was set aside. */
export interface BudgetProblem {
  /** Indices of the m assets that share risk. */
  readonly members: Int32Array;
  /** n weights of the others; 0 for members. */
  readonly aside: Float64Array;
  /** What the members' weights sum to. */
  readonly share: number;
  /** m positive shares of risk that sum to 1. */
  readonly budgets: Float64Array;
  /** m bounds, not below 0. */
  readonly lower: Float64Array;
  /** m bounds above the lower ones; Infinity where the whole is no more. */
  readonly upper: Float64Array;
  /** Limits on the members' weights alone, none of them idle. */
  readonly rows: readonly BudgetRow[];
  readonly repairs: readonly string[];
}

export interface BudgetRow {
  /** Where it stands in the problem's linear limits. */
  readonly at: number;
  /** m numbers. */
  readonly coefficients: Float64Array;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Poses risk budgeting. Assets without risk are held as little as the limits permit, those whose limits
 * leave no room are held there; the budgets of both are divided among the others, which `repairs` says.
 * A negative minimum counts as 0: shares of risk are shared among long positions.
 *
 * @param problem one whose bounds allow a portfolio
 * @param risks n risks in units of return, not negative
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'bad-input' for budgets that do not fit; 'zero-variance' when nothing carries risk
 */
export function budgetProblem(problem: Problem, risks: Float64Array): BudgetProblem {
  const budgets = budgetsOf(problem);
  const { limits, assets } = problem;
  const risky = riskyPart(problem, risks);
  const aside = risky.aside.slice();
  const repairs = [...risky.repairs];
  const kept: number[] = [];
  const pinned: number[] = [];
  for (const i of risky.members) {
    const low = Math.max(0, limits.lower[i]);
    if (limits.upper[i] - low > 1e-12 && !emptied(problem, i)) kept.push(i);
    else {
      aside[i] = Math.min(low, limits.upper[i]);
      pinned.push(i);
    }
  }
  if (pinned.length > 0) {
    const names = pinned.map((i) => assets[i]).join(', ');
    repairs.push(
      `The limits leave no room for ${names}, held there; the rest of the risk is divided among the others.`,
    );
  }
  const members = Int32Array.from(kept);
  let share = 1;
  for (const w of aside) share -= w;
  let total = 0;
  for (const i of members) total += budgets[i];
  return {
    members,
    aside,
    share,
    budgets: Float64Array.from(members, (i) => budgets[i] / total),
    lower: Float64Array.from(members, (i) => Math.max(0, limits.lower[i])),
    upper: Float64Array.from(members, (i) =>
      limits.upper[i] >= share ? Infinity : limits.upper[i],
    ),
    rows: rowsOf(problem, members, aside, share),
    repairs,
  };
}

/** True when a limit on a total keeps an asset at 0. */
function emptied({ limits }: Problem, i: number): boolean {
  return limits.linear.some(
    ({ coefficients, upper }) =>
      upper <= 0 &&
      coefficients[i] > 0 &&
      coefficients.every((a, j) => a >= 0 || limits.upper[j] <= 0),
  );
}

/** The linear limits on what members hold, without those that bounds already imply. */
function rowsOf(
  { limits }: Problem,
  members: Int32Array,
  aside: Float64Array,
  share: number,
): BudgetRow[] {
  const rows: BudgetRow[] = [];
  limits.linear.forEach((limit, at) => {
    let held = 0;
    for (let i = 0; i < aside.length; i++) held += limit.coefficients[i] * aside[i];
    const coefficients = Float64Array.from(members, (i) => limit.coefficients[i]);
    let least = Infinity;
    let most = -Infinity;
    for (const a of coefficients) {
      least = Math.min(least, a);
      most = Math.max(most, a);
    }
    // Weights that sum to the share give at least share x least coefficient, at most share x greatest.
    const lower = share * least >= limit.lower - held ? -Infinity : limit.lower - held;
    const upper = share * most <= limit.upper - held ? Infinity : limit.upper - held;
    if (lower > -Infinity || upper < Infinity) rows.push({ at, coefficients, lower, upper });
  });
  return rows;
}

/**
 * Makes sure that some portfolio meets all limits.
 *
 * @throws {Infeasible} naming the limits that conflict
 */
export function mustBeFeasible(problem: Problem): void {
  const { names, lower, upper, rows } = portfolioProgram(problem);
  const n = names.length;
  const linear = new Float64Array(n);
  const quadratic = new Float64Array(n * n);
  solveQuadraticProgram({ names, lower, upper, rows, quadratic, linear });
}
