import { InteriorState } from './interior-state.ts';
import { newtonStep } from './newton-step.ts';
import type { RiskPoint, RiskProgram } from './risk-program.ts';
import { meanAfter, move, rooms } from './step-length.ts';

const mostIterations = 120;
/** Iterations without progress after which rounding has the word. */
const patience = 12;

/**
 * Solves a risk program by a primal-dual interior-point method with predictor and corrector. The answer
 * is near an optimum; how near is for the certificate to say.
 *
 * @param tolerance of products and residuals, relative to the shape's value
 * @source Mehrotra (1992); Nocedal and Wright (2006), chapter 14
 */
export function solveRiskProgram(program: RiskProgram, tolerance: number): RiskPoint {
  const state = new InteriorState(program);
  state.start();
  let best = Infinity;
  let least = Infinity;
  let waiting = 0;
  let iterations = 0;
  let found = state.point(0);
  for (; iterations < mostIterations; iterations++) {
    const { products, missing, size } = state.measure();
    const error = Math.max(products / size, missing);
    if (!Number.isFinite(error)) break;
    // Where the value itself vanishes only the absolute error shows the progress.
    const absolute = error * size;
    if (absolute < 0.99 * least) waiting = 0;
    least = Math.min(least, absolute);
    if (error <= best) {
      best = error;
      found = state.point(iterations);
    }
    if (best <= tolerance || waiting++ > patience) break;
    iterate(state, waiting > 3);
  }
  return { ...found, iterations };
}

/** @param careful towards the centre and without the second-order term, where that one goes round */
function iterate(state: InteriorState, careful: boolean): void {
  const before = state.mean();
  newtonStep(state, 0, false, true);
  const affine = rooms(state);
  const after = meanAfter(state, Math.min(1, affine.primal), Math.min(1, affine.dual));
  const ratio = before > 0 ? after / before : 0;
  const target = before * (careful ? 0.3 : Math.min(ratio ** 3, 1));
  newtonStep(state, target, !careful, false);
  const { primal, dual } = rooms(state);
  // Fraction to the boundary, nearer to it the nearer the end.
  const reach = Math.max(0.995, 1 - 10 * ratio * ratio);
  move(state, Math.min(1, reach * primal), Math.min(1, reach * dual));
}
