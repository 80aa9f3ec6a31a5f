import type { EngineErrorCode } from '../../errors.ts';
import type { Allocation, Problem } from '../problem.ts';

/** What a method claims about its answers, in code that shares nothing with it. */
export interface Aim {
  /** What it makes as large as it can. */
  readonly score?: (p: Problem, w: Float64Array) => number;
  /** The random problem with the parameters that the method asks for. */
  readonly posed?: (p: Problem) => Problem;
  /** Part of the random problems that are enough, for a method that takes its time; 1 when absent. */
  readonly share?: number;
  /** The extra limit it obeys. */
  readonly allowed?: (p: Problem, w: Float64Array) => boolean;
  /** For a method with a condition in place of a score: how far an answer misses it, relative. */
  readonly misses?: (p: Problem, answer: Allocation) => number;
  /** False where a shadow price cannot be read off the score. */
  readonly priced?: (p: Problem) => boolean;
  /** Solves with the assets in another order; where a tree is read from left to right, in the same leaves. */
  readonly reordered?: (p: Problem, order: readonly number[]) => Allocation;
  /** True for a method that may trade on from its own answer. */
  readonly restless?: boolean;
  /** What it refuses a covariance with that is singular, where its rule is not defined for one. */
  readonly singular?: EngineErrorCode;
  /** Refusals besides infeasible limits that its problems may earn. */
  readonly refusals?: readonly EngineErrorCode[];
}

export const cost = (p: Problem, w: Float64Array): number =>
  p.tradingCosts === undefined
    ? 0
    : w.reduce((sum, v, i) => sum + p.tradingCosts![i] * Math.abs(v - p.current![i]), 0);

export const gross = (p: Problem, w: Float64Array): number =>
  w.reduce((sum, v, i) => sum + v * p.expectedReturns[i], 0);

export const net = (p: Problem, w: Float64Array): number => gross(p, w) - cost(p, w);

/** The slope of half the variance: covariance times weights. */
export const marginal = (p: Problem, w: Float64Array): Float64Array =>
  w.map((_, i) => w.reduce((sum, v, j) => sum + v * p.covariance[i * w.length + j], 0));

export const variance = (p: Problem, w: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < w.length; i++)
    for (let j = 0; j < w.length; j++) sum += w[i] * w[j] * p.covariance[i * w.length + j];
  return sum;
};

export const volatility = (p: Problem, i: number): number =>
  Math.sqrt(p.covariance[i * p.assets.length + i]);

export function withinLimits(p: Problem, w: Float64Array, room: number): boolean {
  const { lower, upper, linear } = p.limits;
  const total = w.reduce((sum, v) => sum + v, 0);
  return (
    Math.abs(total - 1) <= room &&
    w.every((v, i) => v >= lower[i] - room && v <= upper[i] + room) &&
    linear.every((limit) => {
      const sum = w.reduce((s, v, i) => s + v * limit.coefficients[i], 0);
      return sum >= limit.lower - room && sum <= limit.upper + room;
    })
  );
}

/** Every portfolio one gets by moving some weight from one asset to another within the limits. */
export function moves(p: Problem, w: Float64Array, steps: readonly number[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (let i = 0; i < w.length; i++) {
    for (let j = 0; j < w.length; j++) {
      for (const step of steps) {
        const moved = w.slice();
        moved[i] += step;
        moved[j] -= step;
        if (i !== j && withinLimits(p, moved, 0)) found.push(moved);
      }
    }
  }
  return found;
}
