import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../errors.ts';
import { randomSource } from '../random.ts';
import { optimizers } from './index.ts';
import type { Allocation, Problem } from './problem.ts';

/** A problem as a recommendation poses it: factors, cash, class limits, present weights, costs. */
function randomProblem(seed: number): Problem {
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
  const linear = Array.from({ length: random.integer(4) }, (_, g) => {
    const least = random.uniform() < 0.5 ? -Infinity : random.uniform() * 0.3;
    return {
      name: `class ${g}`,
      coefficients: Float64Array.from({ length: n }, (_, i) => (i % 4 === g ? 1 : 0)),
      lower: least,
      upper: random.uniform() < 0.3 ? Infinity : Math.max(least, random.uniform()),
    };
  });
  const weights = Float64Array.from({ length: n }, () =>
    random.uniform() < 0.4 ? 0 : random.uniform(),
  );
  const total = weights.reduce((sum, w) => sum + w, 0) || 1;
  const costs =
    random.uniform() < 0.6
      ? {
          current: weights.map((w) => w / total),
          tradingCosts: Float64Array.from({ length: n }, () => random.uniform() * 0.004),
        }
      : {};
  return {
    assets: Array.from({ length: n }, (_, i) => (withCash && i === n - 1 ? 'CASH' : `A${i}`)),
    expectedReturns,
    covariance,
    riskFree: 0.03,
    limits: { lower, upper, linear },
    riskAversion: 1 + random.uniform() * 8,
    targetReturn: 0.04 + random.uniform() * 0.05,
    targetVolatility: 0.04 + random.uniform() * 0.15,
    ...costs,
  };
}

/** The same problem with its assets in another order. */
function reordered(problem: Problem, order: readonly number[]): Problem {
  const n = order.length;
  const pick = (values: Float64Array) => Float64Array.from(order, (i) => values[i]);
  return {
    ...problem,
    assets: order.map((i) => problem.assets[i]),
    expectedReturns: pick(problem.expectedReturns),
    covariance: Float64Array.from({ length: n * n }, (_, at) => {
      const i = order[Math.floor(at / n)];
      return problem.covariance[i * n + order[at % n]];
    }),
    limits: {
      lower: pick(problem.limits.lower),
      upper: pick(problem.limits.upper),
      linear: problem.limits.linear.map((limit) => ({
        ...limit,
        coefficients: pick(limit.coefficients),
      })),
    },
    ...(problem.current && {
      current: pick(problem.current),
      tradingCosts: pick(problem.tradingCosts!),
    }),
  };
}

/** The answer, or the expected refusal; anything else is a failure. */
function attempt(solve: () => Allocation): Allocation | EngineError {
  try {
    return solve();
  } catch (error) {
    if (error instanceof Infeasible) return error;
    if (error instanceof EngineError && error.code === 'no-excess-return') return error;
    throw error;
  }
}

const cost = (p: Problem, w: Float64Array) =>
  p.tradingCosts === undefined
    ? 0
    : w.reduce((sum, v, i) => sum + p.tradingCosts![i] * Math.abs(v - p.current![i]), 0);
const gross = (p: Problem, w: Float64Array) =>
  w.reduce((sum, v, i) => sum + v * p.expectedReturns[i], 0);
const net = (p: Problem, w: Float64Array) => gross(p, w) - cost(p, w);
const variance = (p: Problem, w: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < w.length; i++)
    for (let j = 0; j < w.length; j++) sum += w[i] * w[j] * p.covariance[i * w.length + j];
  return sum;
};

/** What each method makes as large as it can, and the extra limit it obeys. */
const aims: Record<
  keyof typeof optimizers,
  {
    score: (p: Problem, w: Float64Array) => number;
    allowed?: (p: Problem, w: Float64Array) => boolean;
  }
> = {
  'minimum-variance': { score: (p, w) => -variance(p, w) - (2 / p.riskAversion!) * cost(p, w) },
  'maximum-sharpe': { score: (p, w) => (net(p, w) - p.riskFree) / Math.sqrt(variance(p, w)) },
  'target-volatility': {
    score: net,
    allowed: (p, w) => variance(p, w) <= p.targetVolatility! ** 2,
  },
  'target-return': {
    score: (p, w) => -variance(p, w) - (2 / p.riskAversion!) * cost(p, w),
    allowed: (p, w) => gross(p, w) >= p.targetReturn!,
  },
  'mean-variance-utility': {
    score: (p, w) => net(p, w) - (p.riskAversion! / 2) * variance(p, w),
  },
};

function withinLimits(p: Problem, w: Float64Array, room: number): boolean {
  const { lower, upper, linear } = p.limits;
  const total = w.reduce((sum, v) => sum + v, 0);
  return (
    Math.abs(total - 1) <= room &&
    w.every((v, i) => v >= lower[i] - room && v <= upper[i] + room) &&
    linear.every((limit) => {
      const sum = w.reduce((s, v, i) => s + v * limit.coefficients[i], 0);
      return sum >= limit.lower - room && sum <= limit.upper + room;
    })
  );
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe.each(Object.entries(optimizers))('%s', (method, optimize) => {
  const aim = aims[method as keyof typeof optimizers];

  it('keeps budget, bounds, groups and its own target to 1e-9, and proves optimality', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const answer = attempt(() => optimize(problem));
        if (answer instanceof EngineError) return;
        solved++;
        expect(answer.method).toBe(method);
        expect(withinLimits(problem, answer.weights, 1e-9)).toBe(true);
        expect(answer.residual).toBeLessThan(1e-8);
        if (method === 'target-volatility')
          expect(answer.volatility).toBeLessThanOrEqual(problem.targetVolatility! * (1 + 1e-8));
        if (method === 'target-return')
          expect(gross(problem, answer.weights)).toBeGreaterThanOrEqual(
            problem.targetReturn! - 1e-9,
          );
        expect(answer.volatility ** 2).toBeCloseTo(variance(problem, answer.weights), 12);
        expect(answer.tradingCost).toBeCloseTo(cost(problem, answer.weights), 12);
        for (const one of answer.binding) expect(one.shadowPrice).toBeGreaterThan(0);
      }),
      { seed: 31, numRuns: 300 },
    );
    expect(solved).toBeGreaterThan(60);
  });

  it('cannot be improved by moving weight between any two assets, or towards any other portfolio', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const answer = attempt(() => optimize(problem));
        if (answer instanceof EngineError) return;
        const n = answer.weights.length;
        const best = aim.score(problem, answer.weights);
        const scale = Math.max(Math.abs(best), 1e-4);
        const check = (weights: Float64Array) => {
          if (!withinLimits(problem, weights, 0) || aim.allowed?.(problem, weights) === false)
            return;
          expect(aim.score(problem, weights)).toBeLessThanOrEqual(best + 1e-8 * scale);
        };
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (const step of [1e-3, 0.05]) {
              const moved = answer.weights.slice();
              moved[i] += step;
              moved[j] -= step;
              check(moved);
            }
          }
        }
        const other = attempt(() => optimizers['minimum-variance'](problem));
        if (other instanceof EngineError) return;
        for (const share of [0.01, 0.3])
          check(answer.weights.map((w, i) => w + share * (other.weights[i] - w)));
      }),
      { seed: 32, numRuns: 120 },
    );
  });

  it('gives each asset the same weight in any order, and the same bits for the same problem', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const random = randomSource(seed + 1);
        const order = problem.assets.map((_, i) => ({ i, key: random.uniform() }));
        order.sort((a, b) => a.key - b.key);
        const indices = order.map((one) => one.i);
        const answer = attempt(() => optimize(problem));
        const again = attempt(() => optimize(problem));
        const shuffled = attempt(() => optimize(reordered(problem, indices)));
        if (
          answer instanceof EngineError ||
          shuffled instanceof EngineError ||
          again instanceof EngineError
        ) {
          expect(String(again)).toBe(String(answer));
          expect((shuffled as EngineError).code).toBe((answer as EngineError).code);
          return;
        }
        expect(again).toEqual(answer);
        indices.forEach((i, at) => {
          expect(Math.abs(shuffled.weights[at] - answer.weights[i])).toBeLessThan(1e-6);
        });
      }),
      { seed: 33, numRuns: 150 },
    );
  });

  it('says the truth about shadow prices: a little more room gains what it promises', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = { ...randomProblem(seed), riskAversion: 4 };
        const answer = attempt(() => optimize(problem));
        if (answer instanceof EngineError) return;
        const before = aim.score(problem, answer.weights);
        for (const one of answer.binding) {
          if (
            one.asset === undefined ||
            (one.shadowUnit === 'variance' && method === 'target-volatility')
          )
            continue;
          const at = problem.assets.indexOf(one.asset);
          const side = one.kind === 'lower' ? 'lower' : 'upper';
          const room = 1e-6;
          const limits = { ...problem.limits, [side]: problem.limits[side].slice() };
          limits[side][at] += one.kind === 'lower' ? -room : room;
          const after = attempt(() => optimize({ ...problem, limits }));
          if (after instanceof EngineError) throw after;
          const gain = (aim.score(problem, after.weights) - before) / room;
          // A kink of the frontier may lie inside the room: never more than promised.
          expect(gain).toBeLessThan(one.shadowPrice * 1.01 + 1e-5);
          expect(gain).toBeGreaterThan(-1e-6);
        }
      }),
      { seed: 34, numRuns: 60 },
    );
  });

  // A Sharpe ratio forgets a cost that is paid, so it may trade on.
  if (method !== 'maximum-sharpe') {
    it('tells who has traded to its answer to stay there', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed);
          const answer = attempt(() => optimize(problem));
          if (answer instanceof EngineError || problem.current === undefined) return;
          const next = optimize({ ...problem, current: answer.weights });
          expect(next.tradingCost).toBeLessThan(1e-9);
        }),
        { seed: 35, numRuns: 150 },
      );
    });
  }

  it('names the minimums that sum to more than the whole', () => {
    const n = 4;
    const problem: Problem = {
      assets: ['SPY', 'AGG', 'GLD', 'CASH'],
      expectedReturns: Float64Array.of(0.08, 0.04, 0.05, 0.03),
      covariance: Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 0.02 : 0)),
      riskFree: 0.03,
      limits: {
        lower: Float64Array.of(0.5, 0.65, 0, 0),
        upper: new Float64Array(n).fill(1),
        linear: [],
      },
      riskAversion: 3,
      targetReturn: 0.05,
      targetVolatility: 0.1,
    };
    let refusal: unknown;
    try {
      optimize(problem);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Infeasible);
    const { message, conflicts } = refusal as Infeasible;
    expect(message).toBe(
      'Infeasible: minimum weights sum to 1.15; lower a minimum or drop an asset.',
    );
    const byName = new Map(conflicts.map((one) => [one.limit, one]));
    expect(byName.get('minimum of SPY')?.wouldWork).toBeCloseTo(0.35, 9);
    expect(byName.get('minimum of AGG')?.wouldWork).toBeCloseTo(0.5, 9);
    expect(byName.get('weights sum to 100 %')?.wouldWork).toBeCloseTo(1.15, 9);
  });
});
