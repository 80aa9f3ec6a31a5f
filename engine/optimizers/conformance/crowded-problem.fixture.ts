import type { Problem } from '../problem.ts';
import { doubts } from './random-problem.fixture.ts';

/** A problem whose minimums sum to 1.15. */
export function crowdedProblem(): Problem {
  const n = 4;
  const means = Float64Array.of(0.08, 0.04, 0.05, 0.03);
  const covariance = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 0.02 : 0));
  return {
    assets: ['SPY', 'AGG', 'GLD', 'CASH'],
    expectedReturns: means,
    covariance,
    ...doubts(1, means, covariance),
    riskFree: 0.03,
    limits: {
      lower: Float64Array.of(0.5, 0.65, 0, 0),
      upper: new Float64Array(n).fill(1),
      linear: [],
    },
    scenarios: {
      returns: Float64Array.from({ length: 40 * n }, (_, at) => 0.01 * Math.sin(at * at)),
      count: 40,
      periodsPerYear: 252,
    },
    riskAversion: 3,
    targetReturn: 0.05,
    targetVolatility: 0.1,
    targetRisk: 0.01,
  };
}
