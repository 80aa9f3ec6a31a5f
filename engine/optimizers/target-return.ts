import { EngineError } from '../errors.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings } from './allocation.ts';
import { highestReturn } from './highest-return.ts';
import { homogeneousProgram } from './homogeneous-program.ts';
import type { Allocation, Problem } from './problem.ts';
import { targetConflict } from './target-conflict.ts';

/**
 * The portfolio of least variance whose expected return less trading costs reaches the target.
 *
 * @returns shadow prices are variance per year saved by one unit of relaxation
 * @throws {EngineError} 'missing-parameter' without a target; 'bad-input' for one that is no number
 * @throws {Infeasible} when the limits do not allow the target, naming the nearest that works
 * @source Markowitz (1952)
 */
export function targetReturn(problem: Problem): Allocation {
  const { targetReturn: target } = problem;
  if (target === undefined) {
    throw new EngineError('missing-parameter', 'Target return needs a target; set targetReturn.', {
      parameter: 'targetReturn',
    });
  }
  if (!Number.isFinite(target)) {
    throw new EngineError(
      'bad-input',
      `The target return is ${target}; give a fraction per year, e.g. 0.06.`,
      { target },
    );
  }
  const iterations = checkReachable(problem, target);
  // The problem itself, with bought and sold parts where costs have two slopes: the multiple is 1.
  const { program, excess, weights, boundMultipliers, rowMultipliers } = homogeneousProgram(
    problem,
    1,
    1,
  );
  const net = { name: 'target return', coefficients: excess(target), lower: 0, upper: Infinity };
  const solution = solveQuadraticProgram({
    ...program,
    rows: [...program.rows, net],
    linear: new Float64Array(program.names.length),
  });
  const prices = {
    boundMultipliers: boundMultipliers(solution),
    rowMultipliers: rowMultipliers(solution),
  };
  return allocation(problem, {
    method: 'target-return',
    weights: weights(solution.x),
    binding: [
      ...bindings(problem, prices, 'variance', 2),
      {
        limit: 'target return',
        kind: 'target-return',
        bound: target,
        shadowPrice: 2 * solution.rowMultipliers[program.rows.length],
        shadowUnit: 'variance',
      },
    ],
    residual: solution.residual,
    iterations: iterations + solution.iterations,
    solvedBy: 'active set',
  });
}

function checkReachable(problem: Problem, target: number): number {
  let best: ReturnType<typeof highestReturn>;
  try {
    best = highestReturn(problem);
  } catch (error) {
    // Without limits every return can be had.
    if (error instanceof EngineError && error.code === 'unbounded') return 0;
    throw error;
  }
  const highest = -best.objective;
  if (highest < target - 1e-11) {
    const name = 'target return';
    const reach = (relaxed: Problem) => -highestReturn(relaxed).objective;
    throw targetConflict(
      problem,
      { name, bound: target, reachable: highest, reach },
      bindings(problem, best, 'return', 1).filter((one) => one.shadowPrice > 1e-9),
    );
  }
  return best.iterations;
}
