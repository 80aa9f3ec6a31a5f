import { EngineError } from '../errors.ts';
import { zeroForm } from '../linalg/quadratic-form.ts';
import type { Solution, WorkingSet } from '../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { portfolioProgram } from './portfolio-program.ts';
import type { Problem } from './problem.ts';

/**
 * The highest expected return less trading costs that the limits allow; of several such portfolios
 * the one near `center`.
 */
export function highestReturn(
  problem: Problem,
  options: { center?: Float64Array; warm?: WorkingSet } = {},
): Solution {
  const n = problem.assets.length;
  return solveQuadraticProgram(
    {
      ...portfolioProgram(problem),
      quadratic: zeroForm(n),
      linear: problem.expectedReturns.map((r) => -r),
    },
    options,
  );
}

/** As {@link highestReturn}; null where open limits let the return grow without end. */
export function highestReturnIfAny(...given: Parameters<typeof highestReturn>): Solution | null {
  try {
    return highestReturn(...given);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'unbounded') return null;
    throw error;
  }
}
