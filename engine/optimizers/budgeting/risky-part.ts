import { EngineError } from '../../errors.ts';
import { percent } from '../../percent.ts';
import type { QuadraticProgram } from '../../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { portfolioProgram } from '../portfolio-program.ts';
import type { Problem } from '../problem.ts';

/** The assets that carry risk, and what is set aside for those that carry none. */
export interface RiskyPart {
  /** Indices of assets with risk, rising; at least one. */
  readonly members: Int32Array;
  /** n weights: fixed for assets without risk, 0 for the others. */
  readonly aside: Float64Array;
  /** What remains for the members. */
  readonly share: number;
  /** What was done, in plain sentences; empty when every asset carries risk. */
  readonly repairs: readonly string[];
}

/** A risk this much smaller than the largest is rounding. */
const negligible = 1e-7;

/**
 * Sets assets without risk, such as cash, aside: risk cannot be shared with them, so together they get
 * as little as the limits permit.
 *
 * @param risks n risks in units of return, e.g. volatilities, not negative
 * @throws {EngineError} 'zero-variance' when no asset carries risk; 'unbounded' when no limit ends how
 *   much may be borrowed of what carries none
 * @throws {Infeasible} when no portfolio meets the limits
 */
export function riskyPart(problem: Problem, risks: Float64Array): RiskyPart {
  const n = risks.length;
  const floor = negligible * risks.reduce((most, risk) => Math.max(most, risk), 0);
  const members: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < n; i++) (risks[i] > floor ? members : others).push(i);
  if (members.length === 0) {
    throw new EngineError(
      'zero-variance',
      'None of the assets carries any risk, so there is none to share; add an asset with risk.',
      { assets: problem.assets },
    );
  }
  if (others.length === 0)
    return { members: Int32Array.from(members), aside: new Float64Array(n), share: 1, repairs: [] };
  const aside = leastOf(problem, others);
  let share = 1;
  for (const i of others) share -= aside[i];
  const names = others.map((i) => problem.assets[i]);
  const repair = `${names.join(', ')} ${names.length === 1 ? 'carries' : 'carry'} no risk and ${names.length === 1 ? 'is' : 'are'} held as little as the limits permit, ${percent(1 - share)}; the rest is divided among the others.`;
  return { members: Int32Array.from(members), aside, share, repairs: [repair] };
}

/** Weights that give some assets the least total within the limits; 0 for all others. */
function leastOf(problem: Problem, chosen: readonly number[]): Float64Array {
  const n = problem.assets.length;
  const { names, lower, upper, rows } = portfolioProgram(problem);
  const linear = new Float64Array(n);
  for (const i of chosen) linear[i] = 1;
  const quadratic = new Float64Array(n * n);
  const x = least({ names, lower, upper, rows, quadratic, linear });
  const aside = new Float64Array(n);
  for (const i of chosen) aside[i] = x[i];
  return aside;
}

function least(program: QuadraticProgram): Float64Array {
  try {
    return solveQuadraticProgram(program).x;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'unbounded') throw error;
    const open = program.names.filter((_, i) => program.linear[i] > 0);
    throw new EngineError(
      'unbounded',
      `Nothing limits how much may be borrowed of what carries no risk; give ${open.join(', ')} a minimum weight.`,
      { assets: open },
    );
  }
}

/** Rows and columns of a square matrix. */
export function submatrix(matrix: Float64Array, n: number, members: Int32Array): Float64Array {
  const m = members.length;
  const part = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    const row = members[a] * n;
    for (let b = 0; b < m; b++) part[a * m + b] = matrix[row + members[b]];
  }
  return part;
}

/** Entries of a vector. */
export function entries(values: Float64Array, members: Int32Array): Float64Array {
  return Float64Array.from(members, (i) => values[i]);
}
