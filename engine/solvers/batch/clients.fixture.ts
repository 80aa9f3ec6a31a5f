import { expect } from 'vitest';
import { randomSource } from '../../random.ts';
import { kktResidual } from '../kkt.ts';
import { objectiveOf, solveQuadraticProgram } from '../solve.ts';
import { type Client, clientAnswer, clientProgram, type SharedMoments } from './client.ts';
import { clientSolver } from './client-solver.ts';

type Random = () => number;

/** Correlated assets whose volatilities span two orders; strictly convex. */
export function randomMoments(random: Random, n: number): SharedMoments {
  const factors = Math.max(2, Math.ceil(n / 3));
  const loadings = Float64Array.from({ length: n * factors }, () => random() - 0.3);
  const volatility = Float64Array.from({ length: n }, () => 0.005 * 100 ** random());
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 0.1 : 0;
      for (let f = 0; f < factors; f++)
        sum += (loadings[i * factors + f] * loadings[j * factors + f]) / factors;
      covariance[i * n + j] = volatility[i] * volatility[j] * sum;
    }
  }
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: Float64Array.from(volatility, (v) => v * random()),
    covariance,
  };
}

/** Bounds with room for a sum of 1; some assets fixed, some present weights outside the bounds. */
export function randomClient(random: Random, n: number): Client {
  const current = Float64Array.from({ length: n }, () =>
    random() < 0.4 ? 0 : -Math.log(1 - random()),
  );
  const held = current.reduce((total, w) => total + w, 0);
  if (held > 0) for (let i = 0; i < n; i++) current[i] /= held;
  const lower = Float64Array.from({ length: n }, () => (random() < 0.6 ? 0 : random() / (2 * n)));
  const upper = lower.map((low) => low + (random() < 0.1 ? 0 : (4 * random()) / n));
  upper[Math.floor(random() * n)] = 1;
  const tradingCosts = new Float64Array(n).fill(random() < 0.2 ? 0 : 0.002 * random());
  return { lower, upper, current, tradingCosts, riskAversion: 0.1 * 1000 ** random() };
}

/** How far, at most, the utility lies below the best: from the weights alone (Frank-Wolfe gap). */
export function utilityGap(moments: SharedMoments, client: Client, weights: Float64Array): number {
  const { expectedReturns, covariance } = moments;
  const n = weights.length;
  const slope = Float64Array.from(weights, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += covariance[i * n + j] * weights[j];
    return client.riskAversion * sum - expectedReturns[i];
  });
  // The cheapest way to fill the budget at these slopes: pieces of each weight in order of price.
  const pieces: { price: number; size: number }[] = [];
  let missing = 1;
  let best = 0;
  let own = 0;
  for (let i = 0; i < n; i++) {
    const [low, high, at, k] = [
      client.lower[i],
      client.upper[i],
      client.current[i],
      client.tradingCosts[i],
    ];
    own += slope[i] * weights[i] + k * Math.abs(weights[i] - at);
    best += slope[i] * low + k * Math.abs(low - at);
    missing -= low;
    const kink = Math.min(Math.max(at, low), high);
    pieces.push(
      { price: slope[i] - k, size: kink - low },
      { price: slope[i] + k, size: high - kink },
    );
  }
  for (const { price, size } of pieces.sort((a, b) => a.price - b.price)) {
    const taken = Math.min(size, missing);
    best += taken * price;
    missing -= taken;
  }
  return own - best;
}

/** Solves and checks by means that share nothing with the batch: the general solver and the gap. */
export function checked(moments: SharedMoments, client: Client) {
  const n = moments.assets.length;
  const answer = clientAnswer(n);
  clientSolver(moments).solve(client, answer);
  const program = clientProgram(moments, client);
  const { weights, boundMultipliers, costMultipliers, budgetMultiplier } = answer;
  const residual = kktResidual(program, {
    x: weights,
    boundMultipliers,
    costMultipliers,
    rowMultipliers: Float64Array.of(budgetMultiplier),
  });
  expect(residual).toBeLessThan(1e-8);
  expect(Math.abs(residual - answer.residual)).toBeLessThan(1e-13);
  expect(Math.abs(weights.reduce((total, w) => total + w, 0) - 1)).toBeLessThan(1e-9);
  for (let i = 0; i < n; i++) {
    expect(weights[i]).toBeGreaterThanOrEqual(client.lower[i]);
    expect(weights[i]).toBeLessThanOrEqual(client.upper[i]);
  }
  const general = solveQuadraticProgram(program);
  const difference = Math.abs(objectiveOf(program, weights) - general.objective);
  expect(difference).toBeLessThan(1e-8 * Math.max(1, Math.abs(general.objective)));
  return { answer, general };
}

/** A market of ten assets. */
export const tenAssets = randomMoments(randomSource(5).uniform, 10);

/** Long only, equal present weights, 10 basis points. */
export function plainClient(n: number, change: Partial<Client> = {}): Client {
  return {
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(1),
    current: new Float64Array(n).fill(1 / n),
    tradingCosts: new Float64Array(n).fill(0.001),
    riskAversion: 4,
    ...change,
  };
}

/** Makes a covariance singular in one of the ways that markets do. */
export function singular(moments: SharedMoments, random: Random): SharedMoments {
  const n = moments.assets.length;
  const covariance = moments.covariance.slice();
  const expectedReturns = moments.expectedReturns.slice();
  const kind = Math.floor(5 * random());
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      // Every second asset is the twin of the one before it.
      if (kind === 0) covariance[at] = moments.covariance[(i & ~1) * n + (j & ~1)];
      if (kind === 1 && (i < n / 2 || j < n / 2)) covariance[at] = 0;
      if (kind === 2) covariance[at] = 0;
      if (kind === 3) covariance[at] = expectedReturns[i] * expectedReturns[j];
      if (kind === 4 && (i === 0 || j === 0)) covariance[at] = 0;
    }
  }
  if (kind === 0 && random() < 0.5)
    for (let i = 0; i < n; i++) expectedReturns[i] = moments.expectedReturns[i & ~1];
  return { ...moments, covariance, expectedReturns };
}

/** Equal variances and correlations, means of a few sizes: ties everywhere. */
export function roundMoments(n: number, random: Random): SharedMoments {
  const correlation = Math.floor(4 * random()) / 4;
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: Float64Array.from({ length: n }, () => Math.floor(4 * random()) / 50),
    covariance: Float64Array.from({ length: n * n }, (_, at) =>
      at % (n + 1) === 0 ? 0.04 : 0.04 * correlation,
    ),
  };
}
