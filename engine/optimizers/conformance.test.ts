import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../errors.ts';
import { randomSource } from '../random.ts';
import { type Aim, cost, gross, moves, variance, withinLimits } from './conformance/aim.fixture.ts';
import { aims } from './conformance/aims.fixture.ts';
import { doubts, randomProblem, reordered } from './conformance/random-problem.fixture.ts';
import { optimizers } from './index.ts';
import type { Allocation, Problem } from './problem.ts';

/** The answer, or the expected refusal; anything else is a failure. */
function attempt(solve: () => Allocation, aim: Aim): Allocation | EngineError {
  try {
    return solve();
  } catch (error) {
    if (error instanceof Infeasible) return error;
    if (error instanceof EngineError && aim.refusals?.includes(error.code)) return error;
    throw error;
  }
}

/** What an answer's own proof must show. */
const proof = ({ certificate }: Allocation) => (certificate === 'gap' ? 1e-6 : 1e-8);

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

const aimed = (Object.keys(aims) as (keyof typeof aims)[]).map(
  (method) => [method, optimizers[method]] as const,
);

describe.each(aimed)('%s', (method, optimize) => {
  const aim: Aim = aims[method];
  const { score } = aim;

  it('keeps budget, bounds, groups and its own target to 1e-9, and proves optimality', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const answer = attempt(() => optimize(problem), aim);
        if (answer instanceof EngineError) return;
        solved++;
        expect(answer.method).toBe(method);
        expect(withinLimits(problem, answer.weights, 1e-9)).toBe(true);
        expect(answer.residual).toBeLessThan(proof(answer));
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
      { seed: 31, numRuns: 150 },
    );
    expect(solved).toBeGreaterThan(30);
  });

  if (score !== undefined) {
    it('cannot be improved by moving weight between any two assets, or towards any other portfolio', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed);
          const answer = attempt(() => optimize(problem), aim);
          if (answer instanceof EngineError) return;
          const best = score(problem, answer.weights);
          const scale = Math.max(Math.abs(best), 1e-4);
          const check = (weights: Float64Array) => {
            if (!withinLimits(problem, weights, 0) || aim.allowed?.(problem, weights) === false)
              return;
            expect(score(problem, weights)).toBeLessThanOrEqual(best + 1e-8 * scale);
          };
          for (const moved of moves(problem, answer.weights, [1e-3, 0.05])) check(moved);
          const other = attempt(() => optimizers['minimum-variance'](problem), aim);
          if (other instanceof EngineError) return;
          for (const share of [0.01, 0.3])
            check(answer.weights.map((w, i) => w + share * (other.weights[i] - w)));
        }),
        { seed: 32, numRuns: 80 },
      );
    });
  }

  if (aim.misses !== undefined) {
    it('meets the condition that defines it', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed);
          const answer = attempt(() => optimize(problem), aim);
          if (answer instanceof EngineError) return;
          expect(aim.misses!(problem, answer)).toBeLessThan(1e-7);
        }),
        { seed: 36, numRuns: 80 },
      );
    });
  }

  it('gives each asset the same weight in any order, and the same bits for the same problem', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const random = randomSource(seed + 1);
        const order = problem.assets.map((_, i) => ({ i, key: random.uniform() }));
        order.sort((a, b) => a.key - b.key);
        const indices = order.map((one) => one.i);
        const answer = attempt(() => optimize(problem), aim);
        const again = attempt(() => optimize(problem), aim);
        const shuffled = attempt(
          () => aim.reordered?.(problem, indices) ?? optimize(reordered(problem, indices)),
          aim,
        );
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
          expect(Math.abs(shuffled.weights[at] - answer.weights[i])).toBeLessThan(
            answer.certificate === 'gap' ? 1e-4 : 1e-6,
          );
        });
      }),
      { seed: 33, numRuns: 80 },
    );
  });

  if (score !== undefined) {
    it('says the truth about shadow prices: a little more room gains what it promises', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = { ...randomProblem(seed), riskAversion: 4 };
          if (aim.priced?.(problem) === false) return;
          const answer = attempt(() => optimize(problem), aim);
          if (answer instanceof EngineError) return;
          const before = score(problem, answer.weights);
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
            const after = attempt(() => optimize({ ...problem, limits }), aim);
            if (after instanceof EngineError) throw after;
            const gain = (score(problem, after.weights) - before) / room;
            // A kink of the frontier may lie inside the room: never more than promised.
            expect(gain).toBeLessThan(one.shadowPrice * 1.01 + 1e-5);
            expect(gain).toBeGreaterThan(-1e-6);
          }
        }),
        { seed: 34, numRuns: 60 },
      );
    });
  }

  // A Sharpe ratio forgets a cost that is paid, so it may trade on.
  if (method !== 'maximum-sharpe' && aim.restless !== true) {
    it('tells who has traded to its answer to stay there', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed);
          const answer = attempt(() => optimize(problem), aim);
          if (answer instanceof EngineError || problem.current === undefined) return;
          const next = optimize({ ...problem, current: answer.weights });
          expect(next.tradingCost).toBeLessThan(1e-9);
        }),
        { seed: 35, numRuns: 60 },
      );
    });
  }

  it('names the minimums that sum to more than the whole', () => {
    const n = 4;
    const means = Float64Array.of(0.08, 0.04, 0.05, 0.03);
    const covariance = Float64Array.from({ length: n * n }, (_, i) =>
      i % (n + 1) === 0 ? 0.02 : 0,
    );
    const problem: Problem = {
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
