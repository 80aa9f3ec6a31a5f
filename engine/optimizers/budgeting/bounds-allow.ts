import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { portfolioProgram } from '../portfolio-program.ts';
import type { Problem } from '../problem.ts';

/**
 * Checks a problem's sizes and that its bounds on single weights leave room for a portfolio.
 *
 * @throws {EngineError} 'bad-input' when sizes disagree or a number is not finite
 * @throws {Infeasible} naming the bounds that conflict
 */
export function boundsAllow(problem: Problem): void {
  const { names, lower, upper, rows } = portfolioProgram(problem);
  const n = names.length;
  let least = 0;
  let most = 0;
  let crossed = false;
  for (let i = 0; i < n; i++) {
    least += lower[i];
    most += upper[i];
    if (!(lower[i] <= upper[i])) crossed = true;
  }
  if (!crossed && least <= 1 && most >= 1) return;
  // The solver proves the conflict and words it; rounding may still leave a point.
  const zero = new Float64Array(n);
  const quadratic = new Float64Array(n * n);
  solveQuadraticProgram({ names, lower, upper, rows, quadratic, linear: zero });
}
