import { randomSource } from '../../random.ts';
import type { Problem } from '../problem.ts';
import { randomClasses, randomHoldings } from './random-parts.fixture.ts';

/** A problem as a recommendation poses it: factors, cash, class limits, present weights, costs. */
export function randomProblem(seed: number): Problem {
  const random = randomSource(seed);
  const n = 2 + random.integer(19);
  const factors = 1 + random.integer(4);
  const loadings = Array.from({ length: n * factors }, () => random.normal() * 0.12);
  const own = Array.from({ length: n }, () => 0.02 + random.uniform() * 0.25);
  const withCash = random.uniform() < 0.5;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (withCash && (i === n - 1 || j === n - 1)) continue;
      let sum = i === j ? own[i] ** 2 : 0;
      for (let k = 0; k < factors; k++)
        sum += loadings[i * factors + k] * loadings[j * factors + k];
      covariance[i * n + j] = sum;
    }
  }
  const expectedReturns = Float64Array.from({ length: n }, () => 0.02 + random.uniform() * 0.1);
  if (withCash) expectedReturns[n - 1] = 0.03;
  const lower = Float64Array.from({ length: n }, () =>
    random.uniform() < 0.8 ? 0 : random.uniform() / n,
  );
  const upper = Float64Array.from({ length: n }, (_, i) =>
    Math.max(lower[i], random.uniform() < 0.4 ? 1 : random.uniform()),
  );
  const linear = randomClasses(random, n);
  const costs = randomHoldings(random, n, 0.6);
  const count = 40 + random.integer(40);
  const returns = new Float64Array(count * n);
  for (let t = 0; t < count; t++) {
    const moves = Array.from({ length: factors }, () => random.normal() / 16);
    for (let i = 0; i < n; i++) {
      let sum = expectedReturns[i] / 252;
      const risky = !(withCash && i === n - 1);
      if (risky) sum += (own[i] * random.normal()) / 16;
      if (risky) for (let k = 0; k < factors; k++) sum += loadings[i * factors + k] * moves[k];
      returns[t * n + i] = sum;
    }
  }
  return {
    assets: Array.from({ length: n }, (_, i) => (withCash && i === n - 1 ? 'CASH' : `A${i}`)),
    expectedReturns,
    covariance,
    riskFree: 0.03,
    limits: { lower, upper, linear },
    riskAversion: 1 + random.uniform() * 8,
    targetReturn: 0.04 + random.uniform() * 0.05,
    targetVolatility: 0.04 + random.uniform() * 0.15,
    scenarios: { returns, count, periodsPerYear: 252 },
    ...doubts(seed, expectedReturns, covariance),
    ...costs,
  };
}

/** How wrong the moments may be; from a source of its own, so that what was drawn before stays. */
export function doubts(seed: number, means: Float64Array, covariance: Float64Array) {
  const random = randomSource(seed ^ 0x5eed);
  return {
    meanUncertainty: {
      kind: 'ellipsoid' as const,
      shape: covariance.map((value) => value / 15),
      radius: random.uniform() * 2,
    },
    covarianceRadius: random.uniform() * 0.02,
    beliefs: Array.from({ length: 6 }, () => {
      const scale = 0.7 + 0.6 * random.uniform();
      return {
        expectedReturns: means.map((mean) => mean + 0.03 * random.normal()),
        covariance: covariance.map((value) => scale * value),
      };
    }),
    resampling: { draws: 4, observations: 36, periodsPerYear: 12, seed },
    benchmark: benchmarkOf(seed, means.length),
  };
}

/** What an index might hold: everything, in any proportion. */
function benchmarkOf(seed: number, n: number): Float64Array {
  const random = randomSource(seed ^ 0xbe4c);
  const raw = Float64Array.from({ length: n }, () => 0.05 + random.uniform());
  const total = raw.reduce((sum, v) => sum + v, 0);
  return raw.map((v) => v / total);
}

/** The same problem with its assets in another order. */
export function reordered(problem: Problem, order: readonly number[]): Problem {
  const n = order.length;
  const pick = (values: Float64Array) => Float64Array.from(order, (i) => values[i]);
  const square = (values: Float64Array) =>
    values.map((_, at, all) => all[order[Math.floor(at / n)] * n + order[at % n]]);
  return {
    ...problem,
    assets: order.map((i) => problem.assets[i]),
    expectedReturns: pick(problem.expectedReturns),
    covariance: square(problem.covariance),
    limits: {
      lower: pick(problem.limits.lower),
      upper: pick(problem.limits.upper),
      linear: problem.limits.linear.map((limit) => ({
        ...limit,
        coefficients: pick(limit.coefficients),
      })),
    },
    ...(problem.meanUncertainty?.kind === 'ellipsoid' && {
      meanUncertainty: { ...problem.meanUncertainty, shape: square(problem.meanUncertainty.shape) },
    }),
    ...(problem.beliefs && {
      beliefs: problem.beliefs.map((one) => ({
        expectedReturns: pick(one.expectedReturns),
        covariance: square(one.covariance),
      })),
    }),
    ...(problem.scenarios && {
      scenarios: {
        ...problem.scenarios,
        returns: problem.scenarios.returns.map(
          (_, at, all) => all[Math.floor(at / n) * n + order[at % n]],
        ),
      },
    }),
    ...(problem.benchmark && { benchmark: pick(problem.benchmark) }),
    ...(problem.current && {
      current: pick(problem.current),
      tradingCosts: pick(problem.tradingCosts!),
    }),
  };
}
