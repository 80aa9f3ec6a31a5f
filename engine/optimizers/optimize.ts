import { type Method, optimizers } from './index.ts';
import { type LimitOptions, withLimits } from './limits/index.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * Chooses a portfolio by a method's name under every limit of the problem: the one door that advice
 * goes through.
 *
 * @throws {Infeasible} naming the limits that conflict and the nearest that work
 * @throws {EngineError} what the method throws; 'unsupported-limit' for a limit it cannot keep
 */
export function optimize(method: Method, problem: Problem, options?: LimitOptions): Allocation {
  return withLimits(optimizers[method], { method, ...options })(problem);
}
