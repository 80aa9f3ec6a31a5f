import { dot } from '../../engine/linalg/multiply.ts';
import { volatilityOf } from '../../engine/optimizers/allocation.ts';
import type { RiskReturn } from '../charts/frontier.ts';
import type { Solved } from './advise.ts';

/** Risk and expected return of what is held today, by the same estimates as the mix. */
export function todayOn({ problem }: Solved): RiskReturn {
  const current = problem.current ?? new Float64Array(problem.assets.length);
  return {
    volatility: volatilityOf(problem, current),
    expectedReturn: dot(problem.expectedReturns, current),
  };
}
