import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../random.ts';
import { kktResidual } from '../kkt.ts';
import { objectiveOf, solveQuadraticProgram } from '../solve.ts';
import { type Client, clientAnswer, clientProgram, outcome, type SharedMoments } from './client.ts';
import { clientSolver } from './client-solver.ts';

type Random = () => number;

/** Correlated assets whose volatilities span two orders; strictly convex. */
function randomMoments(random: Random, n: number): SharedMoments {
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
function randomClient(random: Random, n: number): Client {
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
function utilityGap(moments: SharedMoments, client: Client, weights: Float64Array): number {
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
function checked(moments: SharedMoments, client: Client) {
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

const tenAssets = randomMoments(randomSource(5).uniform, 10);

function plainClient(n: number, change: Partial<Client> = {}): Client {
  return {
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(1),
    current: new Float64Array(n).fill(1 / n),
    tradingCosts: new Float64Array(n).fill(0.001),
    riskAversion: 4,
    ...change,
  };
}

describe('the client solver', () => {
  it('agrees with the general solver in weights and objective on random markets and clients', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, n) => {
        const random = randomSource(seed).uniform;
        const moments = randomMoments(random, n);
        const client = randomClient(random, n);
        const { answer, general } = checked(moments, client);
        expect(answer.outcome).toBe(outcome.solved);
        for (let i = 0; i < n; i++)
          expect(Math.abs(answer.weights[i] - general.x[i])).toBeLessThan(1e-8);
        expect(Math.abs(utilityGap(moments, client, answer.weights))).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('gives a client the same bits whoever was solved before', () => {
    const random = randomSource(11).uniform;
    const clients = Array.from({ length: 50 }, () => randomClient(random, 10));
    const solver = clientSolver(tenAssets);
    const solve = (client: Client) => {
      const answer = clientAnswer(10);
      solver.solve(client, answer);
      return answer;
    };
    const forwards = clients.map(solve);
    const backwards = clients.toReversed().map(solve).reverse();
    expect(backwards).toEqual(forwards);
  });

  it('solves clients whose market has more assets than dimensions, cash, twins or no risk at all', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 25 }), (seed, n) => {
        const random = randomSource(seed).uniform;
        const moments = singular(randomMoments(random, n), random);
        const client = randomClient(random, n);
        const { answer } = checked(moments, client);
        expect([outcome.solved, outcome.solvedByGeneral]).toContain(answer.outcome);
        expect(Math.abs(utilityGap(moments, client, answer.weights))).toBeLessThan(1e-8);
      }),
      { numRuns: 200 },
    );
  });

  it('solves clients whose numbers are round, so that limits and kinks coincide', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 20 }), (seed, n) => {
        const random = randomSource(seed).uniform;
        const round = (most: number) => Math.floor((most + 1) * random()) / 20;
        const lower = Float64Array.from({ length: n }, () => Math.min(round(2), 1 / n));
        const upper = lower.map((low) => low + round(6));
        upper[0] = 1;
        const current = Float64Array.from({ length: n }, () => round(5));
        const tradingCosts = Float64Array.from({ length: n }, () => round(2) / 50);
        const riskAversion = 1 + Math.floor(4 * random());
        const moments = roundMoments(n, random);
        const client = { lower, upper, current, tradingCosts, riskAversion };
        const { answer } = checked(moments, client);
        expect([outcome.solved, outcome.solvedByGeneral]).toContain(answer.outcome);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves a client alone whose every asset is fixed', () => {
    const fixed = Float64Array.from({ length: 10 }, (_, i) => (i < 4 ? 0.25 : 0));
    const { answer } = checked(tenAssets, plainClient(10, { lower: fixed, upper: fixed }));
    expect(answer.outcome).toBe(outcome.solved);
    expect(answer.weights).toEqual(fixed);
  });

  it('finds the only portfolio when all minimums or all maximums together make 100 %', () => {
    const tenth = new Float64Array(10).fill(0.1);
    for (const change of [{ lower: tenth }, { upper: tenth }]) {
      const { answer } = checked(tenAssets, plainClient(10, change));
      expect(answer.outcome).toBe(outcome.solved);
      for (const w of answer.weights) expect(w).toBeCloseTo(0.1, 12);
    }
  });

  it('does not trade when trading costs more than it could bring', () => {
    const tradingCosts = new Float64Array(10).fill(5);
    const client = plainClient(10, { tradingCosts });
    const { answer } = checked(tenAssets, client);
    expect(answer.weights).toEqual(client.current);
  });

  it('brings present weights back that lie outside the bounds', () => {
    const current = Float64Array.from({ length: 10 }, (_, i) =>
      i === 0 ? 1.5 : i === 1 ? -0.5 : 0,
    );
    const upper = new Float64Array(10).fill(0.3);
    const { answer } = checked(tenAssets, plainClient(10, { current, upper }));
    expect(answer.outcome).toBe(outcome.solved);
  });

  it('needs no bounds and takes any size of risk aversion and cost', () => {
    const open = {
      lower: new Float64Array(10).fill(-Infinity),
      upper: new Float64Array(10).fill(Infinity),
    };
    for (const riskAversion of [1e-3, 1, 1e3, 1e9]) {
      checked(tenAssets, plainClient(10, { riskAversion }));
      checked(tenAssets, plainClient(10, { riskAversion, tradingCosts: new Float64Array(10) }));
      const bounded = riskAversion < 1 ? {} : open;
      const { answer } = checked(tenAssets, plainClient(10, { riskAversion, ...bounded }));
      expect(answer.outcome).toBe(outcome.solved);
    }
  });

  it('hands a client without risk aversion to the general solver and says so', () => {
    const { answer } = checked(tenAssets, plainClient(10, { riskAversion: 0 }));
    expect(answer.outcome).toBe(outcome.solvedByGeneral);
  });

  it('reports limits that conflict, and the general solver names them', () => {
    const answer = clientAnswer(10);
    const solver = clientSolver(tenAssets);
    const tooLow = plainClient(10, { upper: new Float64Array(10).fill(0.09) });
    const tooHigh = plainClient(10, { lower: new Float64Array(10).fill(0.11) });
    const crossed = plainClient(10);
    crossed.lower[3] = 0.6;
    crossed.upper[3] = 0.5;
    for (const client of [tooLow, tooHigh, crossed]) {
      expect(solver.solve(client, answer)).toBe(outcome.infeasible);
      expect(answer.weights.every(Number.isNaN)).toBe(true);
      expect(() => solveQuadraticProgram(clientProgram(tenAssets, client))).toThrow(
        expect.objectContaining({ code: 'infeasible' }),
      );
    }
  });

  it('reports numbers that are missing or out of range', () => {
    const answer = clientAnswer(10);
    const solver = clientSolver(tenAssets);
    const one = (value: number) =>
      Float64Array.from({ length: 10 }, (_, i) => (i === 7 ? value : 0.1));
    for (const change of [
      { riskAversion: Number.NaN },
      { riskAversion: -1 },
      { riskAversion: Infinity },
      { lower: one(Number.NaN) },
      { upper: one(Number.NaN) },
      { current: one(Number.NaN) },
      { current: one(Infinity) },
      { tradingCosts: one(Number.NaN) },
      { tradingCosts: one(-0.001) },
    ]) {
      expect(solver.solve(plainClient(10, change), answer)).toBe(outcome.invalid);
      expect(answer.residual).toBeNaN();
    }
    expect(solver.solve(plainClient(10), answer)).toBe(outcome.solved);
  });

  it('reports a client whose utility has no limit as unsolved', () => {
    const moments = { ...tenAssets, covariance: new Float64Array(100) };
    const open = {
      lower: new Float64Array(10).fill(-Infinity),
      upper: new Float64Array(10).fill(Infinity),
    };
    const answer = clientAnswer(10);
    const client = plainClient(10, { ...open, tradingCosts: new Float64Array(10) });
    expect(clientSolver(moments).solve(client, answer)).toBe(outcome.unsolved);
    expect(answer.weights.every(Number.isNaN)).toBe(true);
  });

  it('refuses moments that no client could be solved with', () => {
    const change = (at: number, value: number) =>
      tenAssets.covariance.map((v, i) => (i === at ? value : v));
    const wrong = (changed: Partial<SharedMoments>, code: string) =>
      expect(() => clientSolver({ ...tenAssets, ...changed })).toThrow(
        expect.objectContaining({ code }),
      );
    wrong({ assets: [] }, 'bad-input');
    wrong({ expectedReturns: new Float64Array(9) }, 'bad-input');
    wrong({ expectedReturns: new Float64Array(10).fill(Number.NaN) }, 'bad-input');
    wrong({ covariance: new Float64Array(99) }, 'bad-input');
    wrong({ covariance: change(5, 1) }, 'bad-input');
    wrong({ covariance: change(0, Number.NaN) }, 'bad-input');
    wrong({ covariance: change(0, -0.1) }, 'not-psd');
  });
});

/** Makes a covariance singular in one of the ways that markets do. */
function singular(moments: SharedMoments, random: Random): SharedMoments {
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
function roundMoments(n: number, random: Random): SharedMoments {
  const correlation = Math.floor(4 * random()) / 4;
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: Float64Array.from({ length: n }, () => Math.floor(4 * random()) / 50),
    covariance: Float64Array.from({ length: n * n }, (_, at) =>
      at % (n + 1) === 0 ? 0.04 : 0.04 * correlation,
    ),
  };
}
