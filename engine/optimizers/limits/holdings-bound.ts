import { dot, multiply } from '../../linalg/multiply.ts';
import { netReturnOf, tradingCostOf } from '../allocation.ts';
import { costPriceOf } from '../minimum-variance.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Problem } from '../problem.ts';
import { diagonalPart } from './diagonal-part.ts';
import { familyProgram, type Risk } from './family-program.ts';
import { highestSharpe } from './highest-sharpe.ts';
import { heldInPart, perspectiveVariance, rootOf, type Undecided } from './perspective.ts';
import { solveConvex } from './solve-convex.ts';

/** The best of a node with the undecided assets held in part. */
export interface HoldingsBound {
  readonly weights: Float64Array;
  /** n numbers from 0 to 1: how far each asset is held. */
  readonly parts: Float64Array;
  /** No portfolio below the node has a lower score. */
  readonly value: number;
  readonly iterations: number;
}

/** Bounds the score of a part of the holdings; for methods of the mean-variance family. */
export type BoundHoldings = (part: Problem, undecided: Undecided) => HoldingsBound;

/**
 * Bounds by the perspective variance, which knows that an asset held in part saves less risk than the
 * same weight held in full.
 */
export function holdingsBound(method: string, problem: Problem): BoundHoldings {
  const covariance = multipliedOut(problem);
  const own = diagonalPart(covariance, problem.assets.length);
  const tracking = method === 'minimum-tracking-error';
  const toward = tracking ? multiply(covariance, problem.benchmark!) : null;
  return (part, undecided) => {
    const square = perspectiveVariance(covariance, own, undecided);
    const risk: Risk = { square, root: rootOf(square) };
    const { x, iterations } =
      method === 'maximum-sharpe'
        ? highestSharpe(part, risk.root).solution
        : solveConvex(familyProgram(method, part, risk)!.program);
    const parts = heldInPart(x, own, undecided);
    return { weights: x, parts, iterations, value: score(x, square.at(x).value) };
  };

  function score(x: Float64Array, variance: number): number {
    const costs = 2 * costPriceOf(problem) * tradingCostOf(problem, x);
    switch (method) {
      case 'maximum-sharpe':
        return -(netReturnOf(problem, x) - problem.riskFree) / Math.sqrt(variance);
      case 'mean-variance-utility':
        return (problem.riskAversion! / 2) * variance - netReturnOf(problem, x);
      case 'target-volatility':
        return -netReturnOf(problem, x);
      default:
        return toward === null
          ? variance + costs
          : variance - 2 * dot(toward, x) + dot(toward, problem.benchmark!) + costs;
    }
  }
}
