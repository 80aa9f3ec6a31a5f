import { allocation } from '../allocation.ts';
import type { Allocation, Problem } from '../problem.ts';
import { nearestWithinLimits } from './nearest-within-limits.ts';

/**
 * The answer of a method that is a formula: its weights, brought within the limits when they break
 * them, with everything that was done to them.
 *
 * @param rule the method in plain words
 * @param repairs what was done before, in plain sentences
 */
export function ruleAllocation(
  problem: Problem,
  answer: {
    readonly method: string;
    readonly rule: string;
    readonly weights: Float64Array;
    readonly repairs?: readonly string[];
    readonly iterations?: number;
    readonly solvedBy: string;
  },
): Allocation {
  const mended = nearestWithinLimits(problem, answer.weights, answer.rule);
  const repairs = [...(answer.repairs ?? []), ...mended.repairs];
  return {
    ...allocation(problem, {
      method: answer.method,
      weights: mended.weights,
      binding: [],
      residual: 0,
      iterations: (answer.iterations ?? 0) + mended.iterations,
      solvedBy: answer.solvedBy,
    }),
    certificate: 'rule',
    ...(repairs.length > 0 && { repairs }),
  };
}
