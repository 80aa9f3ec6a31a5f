import { dot } from '../linalg/multiply.ts';
import { product } from '../linalg/quadratic-form.ts';
import { type Solution, standing, type WorkingSet } from '../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { volatilityOf } from './allocation.ts';
import { covarianceForm } from './covariance-form.ts';
import { type PortfolioProgram, scaledKinks } from './portfolio-program.ts';
import type { Problem } from './problem.ts';

/** A point of the efficient frontier: variance/2 - risk tolerance x net return is least there. */
export interface FrontierPoint {
  readonly riskTolerance: number;
  readonly solution: Solution;
  readonly volatility: number;
}

/** The frontier's point at a risk tolerance, started from a neighbour's working set if there is one. */
export function frontierPoint(
  problem: Problem,
  program: PortfolioProgram,
  riskTolerance: number,
  warm?: WorkingSet,
): FrontierPoint {
  const solution = solveQuadraticProgram(
    {
      ...program,
      ...scaledKinks(program, riskTolerance),
      quadratic: covarianceForm(problem),
      linear: problem.expectedReturns.map((r) => -riskTolerance * r),
    },
    warm === undefined ? {} : { warm },
  );
  return { riskTolerance, solution, volatility: volatilityOf(problem, solution.x) };
}

/** Whether the same limits hold two points: between them the weights then move on a straight line. */
export function onOneLine(a: FrontierPoint, b: FrontierPoint): boolean {
  const one = a.solution.workingSet;
  const other = b.solution.workingSet;
  return (
    one.variables.every((state, i) => state === other.variables[i]) &&
    // A free weight may stand above or below today's: its cost then slopes the other way.
    a.solution.costMultipliers.every(
      (cost, i) =>
        one.variables[i] !== standing.free || cost > 0 === b.solution.costMultipliers[i] > 0,
    ) &&
    one.rows.every((state, r) => state === other.rows[r])
  );
}

/** The share of the way from a calmer to a bolder point at which a volatility is met, 0 to 1. */
export function crossing(
  problem: Problem,
  low: FrontierPoint,
  high: FrontierPoint,
  volatility: number,
): number {
  const from = low.solution.x;
  const way = high.solution.x.map((v, i) => v - from[i]);
  const form = covarianceForm(problem);
  // |from + s way|^2 = a s^2 + 2 b s + c
  const slope = product(form, way);
  const a = dot(slope, way);
  const b = dot(slope, from);
  const gap = dot(product(form, from), from) - volatility * volatility;
  if (gap >= 0) return 0;
  const share = -gap / (b + Math.sqrt(Math.max(0, b * b - a * gap)));
  return share >= 0 && share <= 1 ? share : 1;
}
