import { EngineError, type FarkasCertificate } from '../errors.ts';
import { dot } from '../linalg/multiply.ts';
import { product } from '../linalg/quadratic-form.ts';
import { formOf } from '../linalg/symmetric-matrix.ts';
import { ActiveSet } from './active-set.ts';
import { explainInfeasible } from './conflicts.ts';
import { certificateOf, crossedCertificate } from './farkas.ts';
import { feasiblePoint } from './feasible-point.ts';
import { kktResidual } from './kkt.ts';
import { leap } from './leap.ts';
import { type Prepared, prepare, subtractRow } from './prepared.ts';
import {
  type QuadraticProgram,
  type Solution,
  standing,
  type WorkingSet,
} from './quadratic-program.ts';
import { warmStart } from './warm-start.ts';

export interface SolveOptions {
  /** The working set of a similar program's solution: saves iterations, does not change the answer. */
  readonly warm?: WorkingSet;
  /** n numbers; of several minima the one near this point is taken. The point nearest 0 by default. */
  readonly center?: Float64Array;
}

/** Residual at which an answer counts as proved. */
export const optimality = 1e-8;

/**
 * Solves a convex quadratic program exactly and proves it: the optimality conditions are computed
 * again from the program itself, apart from the solver.
 *
 * That Q is positive semidefinite is the caller's to know (checkSemidefinite proves it): here it is
 * noticed only among the variables that come free, and without it the answer is a stationary point.
 *
 * @throws {Infeasible} naming a minimal set of limits that conflict and what would work, with a Farkas
 *   certificate and the least relaxation
 * @throws {EngineError} 'bad-input', 'not-psd', 'unbounded', or 'not-converged' when the residual
 *   does not fall below 1e-8
 */
export function solveQuadraticProgram(
  program: QuadraticProgram,
  options: SolveOptions = {},
): Solution {
  const prepared = prepare(program);
  const center = options.center ?? nearZero(prepared);
  const guess = leap(prepared, center, options.warm) ?? options.warm ?? null;
  const warm = guess === null ? null : warmStart(prepared, guess);
  const begun =
    warm === null ? begin(prepared, options.warm?.x ?? center) : { start: warm, iterations: 0 };
  if ('gap' in begun) throw explainInfeasible(program, begun, minimum);
  const solver = run(prepared, begun.start, center);
  const point = multipliers(program, prepared, solver);
  const residual = kktResidual(program, point);
  if (!(residual < optimality)) {
    throw new EngineError(
      'not-converged',
      `The best answer misses the optimality conditions by ${residual.toExponential(1)}; check the scales of the limits.`,
      { residual },
    );
  }
  return {
    ...point,
    objective: objectiveOf(program, point.x),
    residual,
    iterations: begun.iterations + solver.iterations,
    workingSet: { x: point.x, variables: solver.variables, rows: solver.rowStates },
  };
}

/** Value of x'Qx/2 + c'x + sum of k_i |x_i - x0_i|. */
export function objectiveOf(program: QuadraticProgram, x: Float64Array): number {
  let total = dot(program.linear, x) + dot(product(formOf(program.quadratic, x.length), x), x) / 2;
  if (program.kinks !== undefined) {
    for (let i = 0; i < x.length; i++)
      total += program.kinks.slope[i] * Math.abs(x[i] - program.kinks.at[i]);
  }
  return total;
}

/** More free variables than this are rare in portfolios that are never short, and slow to find singly. */
const unusuallyFree = 64;

function run(prepared: Prepared, start: WorkingSet, center: Float64Array): ActiveSet {
  const solver = new ActiveSet(prepared, start, center);
  if (solver.run(Math.max(unusuallyFree, solver.factor.size))) return solver;
  const { x, variables, rowStates: rows } = solver;
  const guess = leap(prepared, center, { x, variables, rows }, true);
  const better = guess === null ? null : warmStart(prepared, guess);
  const rest = better === null ? solver : new ActiveSet(prepared, better, center);
  if (rest !== solver) rest.iterations = solver.iterations;
  rest.run();
  return rest;
}

/** A working set to start from, or the proof that there is none. */
function begin(
  prepared: Prepared,
  near: Float64Array,
): { start: WorkingSet; iterations: number } | FarkasCertificate {
  const crossed = crossedCertificate(prepared);
  if (crossed !== null) return crossed;
  const found = feasiblePoint(prepared, near);
  return found.feasible
    ? { start: found, iterations: found.iterations }
    : certificateOf(prepared, found.combination);
}

/** Where a program is least, for bounds that would work; null when it is infeasible or has no end. */
function minimum(program: QuadraticProgram): Float64Array | null {
  const prepared = prepare(program);
  const center = nearZero(prepared);
  const begun = begin(prepared, center);
  if ('gap' in begun) return null;
  const solver = new ActiveSet(prepared, begun.start, center);
  try {
    solver.run();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'unbounded') return null;
    throw error;
  }
  return solver.x;
}

function nearZero(p: Prepared): Float64Array {
  const center = new Float64Array(p.n);
  for (let i = 0; i < p.n; i++) center[i] = Math.min(Math.max(0, p.lower[i]), p.upper[i]);
  return center;
}

/** Reads the multipliers of the original program off the final working set. */
function multipliers(program: QuadraticProgram, p: Prepared, solver: ActiveSet) {
  const { n } = p;
  const x = solver.x;
  const boundMultipliers = new Float64Array(n);
  const costMultipliers = new Float64Array(n);
  const rowMultipliers = new Float64Array(p.m);
  for (let i = 0; i < n; i++) x[i] = Math.min(Math.max(x[i], p.lower[i]), p.upper[i]);
  const slope = product(p.form, x);
  for (let r = 0; r < p.m; r++) {
    const side = p.rowLower[r] === p.rowUpper[r] ? null : solver.rowStates[r];
    rowMultipliers[r] = signed(solver.prices[r], side) / p.rowScale[r];
    if (solver.prices[r] !== 0) subtractRow(p, r, solver.prices[r], slope);
  }
  for (let i = 0; i < n; i++) {
    slope[i] += p.linear[i];
    const state = solver.variables[i];
    const k = p.kinkSlope[i];
    let cost = 0;
    if (k > 0) {
      if (state === standing.kink) cost = Math.min(Math.max(-slope[i], -k), k);
      else if (state === standing.free) cost = solver.side[i] * k;
      else cost = x[i] >= p.kinkAt[i] ? k : -k;
    }
    if (state === standing.lower || state === standing.upper)
      boundMultipliers[i] = signed(slope[i] + cost, p.lower[i] === p.upper[i] ? null : state);
    // The slope of a kink outside the bounds was folded into the linear term.
    costMultipliers[i] = cost + p.linear[i] - program.linear[i];
  }
  return { x, boundMultipliers, costMultipliers, rowMultipliers };
}

/** A multiplier of the sign its side allows: against it, it is rounding. Both are right where sides meet. */
function signed(multiplier: number, side: number | null): number {
  if (side === standing.lower) return Math.max(0, multiplier);
  if (side === standing.upper) return Math.min(0, multiplier);
  return multiplier;
}
