import { type RandomSource, randomSource } from '../../random.ts';
import { randomClasses, randomHoldings } from '../conformance/random-parts.fixture.ts';
import type { Problem } from '../problem.ts';

/** A problem as a recommendation poses it: fat tails, factors, cash, class limits, weights held, costs. */
export function randomScenarioProblem(seed: number): Problem {
  const random = randomSource(seed);
  const n = 2 + random.integer(14);
  const count = 30 + random.integer(220);
  const withCash = random.uniform() < 0.3;
  const returns = randomReturns(random, n, count, withCash);
  const lower = Float64Array.from({ length: n }, () => {
    const kind = random.uniform();
    return kind < 0.75 ? 0 : kind < 0.9 ? random.uniform() / n : -0.2 * random.uniform();
  });
  const upper = Float64Array.from({ length: n }, (_, i) =>
    Math.max(lower[i], random.uniform() < 0.5 ? 1 : random.uniform()),
  );
  const linear = randomClasses(random, n);
  const costs = randomHoldings(random, n, 0.5);
  const weighed =
    random.uniform() < 0.3 ? { probabilities: randomProbabilities(random, count) } : {};
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) covariance[i * n + i] = 0.04;
  return {
    assets: Array.from({ length: n }, (_, i) => (withCash && i === n - 1 ? 'CASH' : `A${i}`)),
    expectedReturns: Float64Array.from({ length: n }, (_, i) =>
      withCash && i === n - 1 ? 0.03 : 0.02 + random.uniform() * 0.1,
    ),
    covariance,
    riskFree: 0.03,
    limits: { lower, upper, linear },
    scenarios: { returns, count, periodsPerYear: 252, ...weighed },
    confidence: 0.8 + 0.17 * random.uniform(),
    targetReturn: 0.04 + random.uniform() * 0.05,
    ...costs,
  };
}

function randomReturns(
  random: RandomSource,
  n: number,
  count: number,
  withCash: boolean,
): Float64Array {
  const returns = new Float64Array(n * count);
  const loads = Array.from({ length: n }, () => 0.3 + random.uniform());
  const own = Array.from({ length: n }, () => 0.003 + 0.015 * random.uniform());
  for (let t = 0; t < count; t++) {
    const storm = random.uniform() < 0.05 ? 3 : 1;
    const market = 0.0004 + 0.008 * storm * random.normal();
    for (let i = 0; i < n; i++) {
      returns[t * n + i] =
        withCash && i === n - 1 ? 0 : loads[i] * market + own[i] * storm * random.normal();
    }
  }
  return returns;
}

function randomProbabilities(random: RandomSource, count: number): Float64Array {
  const raw = Float64Array.from({ length: count }, () => 0.2 + random.uniform());
  const total = raw.reduce((sum, p) => sum + p, 0);
  return raw.map((p) => p / total);
}
