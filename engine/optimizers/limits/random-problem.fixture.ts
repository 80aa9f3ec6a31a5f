import { randomSource } from '../../random.ts';
import type { Limits, Problem } from '../problem.ts';

/** A problem with everything that limits are measured against: factors, benchmark, scenarios, costs. */
export function randomProblem(seed: number, n: number, options: { costs?: boolean } = {}): Problem {
  const random = randomSource(seed);
  const loadings = Array.from({ length: n * 3 }, () => 0.1 * random.normal());
  const own = Array.from({ length: n }, () => 0.05 + 0.15 * random.uniform());
  const shared = (i: number, j: number) =>
    [0, 1, 2].reduce((sum, k) => sum + loadings[3 * i + k] * loadings[3 * j + k], 0);
  const expectedReturns = Float64Array.from({ length: n }, () => 0.02 + 0.1 * random.uniform());
  const mix = (empty: number) => {
    const raw = Float64Array.from({ length: n }, () =>
      random.uniform() < empty ? 0 : 0.05 + random.uniform(),
    );
    const total = raw.reduce((sum, v) => sum + v, 0) || 1;
    return raw.map((v) => v / total);
  };
  const count = 120;
  const returns = new Float64Array(count * n);
  for (let t = 0; t < count; t++) {
    const factors = [random.normal(), random.normal(), random.normal()];
    for (let i = 0; i < n; i++) {
      const common = factors.reduce((sum, f, k) => sum + f * loadings[3 * i + k], 0);
      returns[t * n + i] =
        expectedReturns[i] / 12 + (common + own[i] * random.normal()) / Math.sqrt(12);
    }
  }
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns,
    covariance: Float64Array.from({ length: n * n }, (_, at) => {
      const i = Math.floor(at / n);
      const j = at % n;
      return shared(i, j) + (i === j ? own[i] ** 2 : 0);
    }),
    riskFree: 0.01,
    limits: {
      lower: new Float64Array(n),
      upper: new Float64Array(n).fill(Math.max(0.4, 2 / n)),
      linear: [
        {
          name: 'stocks',
          coefficients: Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : 0)),
          lower: 0.2,
          upper: 0.8,
        },
      ],
    },
    current: mix(0.4),
    benchmark: mix(0),
    ...(options.costs === false
      ? {}
      : { tradingCosts: Float64Array.from({ length: n }, () => 0.002 * random.uniform()) }),
    scenarios: { returns, count, periodsPerYear: 12 },
    riskAversion: 2 + 6 * random.uniform(),
    targetReturn: 0.05,
    targetVolatility: 0.12,
  };
}

/** The problem with more limits. */
export function limitedTo(problem: Problem, limits: Partial<Limits>): Problem {
  return { ...problem, limits: { ...problem.limits, ...limits } };
}

/** What each limit measures, by loops that share nothing with the solver. */
export const measured = {
  turnover: ({ current }: Problem, w: Float64Array) =>
    w.reduce((sum, v, i) => sum + Math.abs(v - current![i]), 0),
  volatility: (problem: Problem, w: Float64Array) => length(problem, w),
  trackingError: (problem: Problem, w: Float64Array) =>
    length(
      problem,
      w.map((v, i) => v - problem.benchmark![i]),
    ),
  conditionalValueAtRisk: ({ scenarios, confidence = 0.95 }: Problem, w: Float64Array) => {
    const { returns, count } = scenarios!;
    const losses = Array.from({ length: count }, (_, t) =>
      w.reduce((sum, v, i) => sum - v * returns[t * w.length + i], 0),
    );
    // The smallest of level + mean excess / tail over all levels is the tail's mean.
    const tail = (1 - confidence) * count;
    return Math.min(
      ...losses.map(
        (level) => level + losses.reduce((sum, one) => sum + Math.max(0, one - level), 0) / tail,
      ),
    );
  },
} as const satisfies Record<string, (problem: Problem, w: Float64Array) => number>;

function length({ covariance }: Problem, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++)
    for (let j = 0; j < w.length; j++) sum += w[i] * w[j] * covariance[i * w.length + j];
  return Math.sqrt(Math.max(0, sum));
}
