import { luSolve } from '../linalg/lu.ts';
import { product } from '../linalg/quadratic-form.ts';
import { type Solution, standing } from '../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { covarianceForm } from './covariance-form.ts';
import { type PortfolioProgram, portfolioProgram } from './portfolio-program.ts';
import type { Problem } from './problem.ts';

/** How far one expected return may move while the same limits hold the answer. */
export interface CriticalInterval {
  /** Moves of the expected return, per year: from <= 0 <= to, infinite where nothing ends it. */
  readonly from: number;
  readonly to: number;
  /** n weights gained per unit that the expected return rises by; exact within the interval. */
  readonly slope: Float64Array;
}

/** The utility-maximal portfolio with what holds it, for asking about its surroundings. */
export interface HeldAnswer {
  readonly problem: Problem;
  readonly program: PortfolioProgram;
  readonly solution: Solution;
}

/** Solves mean-variance utility and keeps what holds the answer. */
export function heldAnswer(problem: Problem): HeldAnswer {
  const program = portfolioProgram(problem);
  const n = problem.assets.length;
  const unit = new Float64Array(n);
  const quadratic = new Float64Array(n * n);
  const form = covarianceForm(problem);
  for (let j = 0; j < n; j++) {
    unit.fill(0);
    unit[j] = problem.riskAversion!;
    quadratic.set(product(form, unit), j * n);
  }
  const linear = problem.expectedReturns.map((r) => -r);
  return { problem, program, solution: solveQuadraticProgram({ ...program, quadratic, linear }) };
}

/**
 * The interval of one expected return in which the weights move on a straight line, from the
 * optimality conditions of what is held: no search, no solving again.
 *
 * @returns null where the held limits leave the line undetermined (a singular covariance)
 * @source Gal (1995), postoptimal analyses; Best and Grauer (1991)
 */
export function criticalInterval(held: HeldAnswer, asset: number): CriticalInterval | null {
  const { problem, program, solution } = held;
  const { x, boundMultipliers, costMultipliers, rowMultipliers, workingSet } = solution;
  const n = x.length;
  const { variables, rows: rowStates } = workingSet;
  const free = range(n).filter((i) => variables[i] === standing.free);
  const active = range(program.rows.length).filter((r) => rowStates[r] !== standing.free);
  const form = covarianceForm(problem);
  const slope = new Float64Array(n);
  const prices = new Float64Array(program.rows.length);
  if (variables[asset] === standing.free) {
    const size = free.length + active.length;
    const matrix = new Float64Array(size * size);
    const right = new Float64Array(size);
    const unit = new Float64Array(n);
    free.forEach((i, a) => {
      unit.fill(0);
      unit[i] = problem.riskAversion!;
      const column = product(form, unit);
      free.forEach((j, b) => {
        matrix[b * size + a] = column[j];
      });
      active.forEach((r, b) => {
        const value = program.rows[r].coefficients[i];
        matrix[a * size + free.length + b] = -value;
        matrix[(free.length + b) * size + a] = value;
      });
      if (i === asset) right[a] = 1;
    });
    const found = luSolve(matrix, size, right);
    if (found === null) return null;
    free.forEach((i, a) => {
      slope[i] = found[a];
    });
    active.forEach((r, b) => {
      prices[r] = found[free.length + b];
    });
  }
  // Slopes of the multipliers: a unit of expected return weighs on its own asset.
  const gradient = product(form, slope).map((v) => problem.riskAversion! * v);
  gradient[asset] -= 1;
  for (const r of active)
    for (let i = 0; i < n; i++) gradient[i] -= prices[r] * program.rows[r].coefficients[i];
  let from = -Infinity;
  let to = Infinity;
  const stay = (value: number, rate: number, low: number, high: number) => {
    if (Math.abs(rate) < 1e-13) return;
    const ends = [(low - value) / rate, (high - value) / rate];
    from = Math.max(from, Math.min(...ends, 0));
    to = Math.min(to, Math.max(...ends, 0));
  };
  const { kinks } = program;
  for (let i = 0; i < n; i++) {
    const cost = kinks?.slope[i] ?? 0;
    const at = kinks?.at[i] ?? 0;
    const bent = cost > 0 && at > program.lower[i] && at < program.upper[i];
    if (variables[i] === standing.free) {
      const above = !bent || costMultipliers[i] > 0;
      const below = !bent || costMultipliers[i] < 0;
      const low = bent && above ? at : program.lower[i];
      const high = bent && below ? at : program.upper[i];
      stay(x[i], slope[i], low, high);
    } else if (variables[i] === standing.kink) stay(costMultipliers[i], -gradient[i], -cost, cost);
    else if (variables[i] === standing.lower) stay(boundMultipliers[i], gradient[i], 0, Infinity);
    else stay(boundMultipliers[i], gradient[i], -Infinity, 0);
  }
  program.rows.forEach(({ coefficients, lower, upper }, r) => {
    if (lower === upper) return;
    if (rowStates[r] === standing.free) {
      const sum = (values: Float64Array) =>
        values.reduce((all, v, i) => all + v * coefficients[i], 0);
      stay(sum(x), sum(slope), lower, upper);
    } else if (rowMultipliers[r] >= 0) stay(rowMultipliers[r], prices[r], 0, Infinity);
    else stay(rowMultipliers[r], prices[r], -Infinity, 0);
  });
  return { from, to, slope };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
