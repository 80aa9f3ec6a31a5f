import { EngineError } from '../../errors.ts';
import { randomSource } from '../../random.ts';
import type { Problem } from '../problem.ts';

/** A long-only problem on a covariance. */
export function posed(covariance: Float64Array, extra: Partial<Problem> = {}): Problem {
  const n = Math.round(Math.sqrt(covariance.length));
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: new Float64Array(n),
    covariance,
    riskFree: 0,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    ...extra,
  };
}

/** Shares of risk that sum to 1. */
export function randomBudgets(n: number, seed: number): Float64Array {
  const random = randomSource(seed + 1);
  const raw = Array.from({ length: n }, () => 0.02 + random.uniform());
  const total = raw.reduce((sum, b) => sum + b, 0);
  return Float64Array.from(raw, (b) => b / total);
}

/** What a refused problem is refused with. */
export function refusal(solve: () => unknown): EngineError {
  try {
    solve();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}
