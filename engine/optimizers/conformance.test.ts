import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../errors.ts';
import { randomSource } from '../random.ts';
import { type Aim, cost, gross, moves, variance, withinLimits } from './conformance/aim.fixture.ts';
import { aims } from './conformance/aims.fixture.ts';
import { crowdedProblem } from './conformance/crowded-problem.fixture.ts';
import { randomProblem, reordered } from './conformance/random-problem.fixture.ts';
import { inUnits, withTwin } from './conformance/transforms.fixture.ts';
import { type Method, optimizers } from './index.ts';
import type { Allocation, Problem } from './problem.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

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

/** How far the scores of two answers that are equally good may lie apart. */
const apart = (best: number, ...answers: readonly Allocation[]) =>
  Math.max(Math.abs(best), 1e-4) * answers.reduce((sum, one) => sum + proof(one), 0);

// All that every method promises, on random problems. A new one says in aims.fixture.ts what it claims.
describe.each(Object.keys(optimizers) as Method[])('%s', (method) => {
  const aim: Aim = aims[method];
  const optimize = optimizers[method];
  const { score, share = 1 } = aim;
  const posed = (seed: number): Problem => {
    const problem = randomProblem(seed);
    return aim.posed?.(problem) ?? problem;
  };
  /** Runs on as many random problems as the method has time for; says how many had an answer. */
  const always = (
    seed: number,
    runs: number,
    check: (problem: Problem, answer: Allocation, seed: number) => void,
  ): number => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (one) => {
        const problem = posed(one);
        const answer = attempt(() => optimize(problem), aim);
        if (answer instanceof EngineError) return;
        solved++;
        check(problem, answer, one);
      }),
      { seed, numRuns: Math.ceil(runs * share) },
    );
    return solved;
  };

  it('keeps budget, bounds, groups and its own target to 1e-9, and proves optimality', () => {
    const solved = always(31, 100, (problem, answer) => {
      expect(answer.method).toBe(method);
      expect(withinLimits(problem, answer.weights, 1e-9)).toBe(true);
      expect(answer.residual).toBeLessThan(proof(answer));
      if (method === 'target-volatility')
        expect(answer.volatility).toBeLessThanOrEqual(problem.targetVolatility! * (1 + 1e-8));
      if (method.startsWith('target-return'))
        expect(gross(problem, answer.weights)).toBeGreaterThanOrEqual(problem.targetReturn! - 1e-9);
      else if (aim.posed !== undefined) expect(aim.allowed!(problem, answer.weights)).toBe(true);
      expect(answer.volatility ** 2).toBeCloseTo(variance(problem, answer.weights), 12);
      expect(answer.tradingCost).toBeCloseTo(cost(problem, answer.weights), 12);
      for (const one of answer.binding) expect(one.shadowPrice).toBeGreaterThan(0);
    });
    expect(solved).toBeGreaterThan(15 * share);
  });

  if (score !== undefined) {
    it('cannot be improved by moving weight between any two assets, or towards any other portfolio', () => {
      always(32, 60, (problem, answer) => {
        const best = score(problem, answer.weights);
        const check = (weights: Float64Array) => {
          if (!withinLimits(problem, weights, 0) || aim.allowed?.(problem, weights) === false)
            return;
          expect(score(problem, weights)).toBeLessThanOrEqual(best + apart(best, answer));
        };
        for (const moved of moves(problem, answer.weights, [1e-3, 0.05])) check(moved);
        const other = attempt(() => optimizers['minimum-variance'](problem), aim);
        if (other instanceof EngineError) return;
        for (const part of [0.01, 0.3])
          check(answer.weights.map((w, i) => w + part * (other.weights[i] - w)));
      });
    });
  }

  if (aim.misses !== undefined) {
    it('meets the condition that defines it', () => {
      always(36, 60, (problem, answer) => {
        expect(aim.misses!(problem, answer)).toBeLessThan(1e-7);
      });
    });
  }

  it('gives each asset the same weight in any order, and the same bits for the same problem', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = posed(seed);
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
        sameAnswer(problem, answer, shuffled, (weights) => {
          const back = weights.slice();
          indices.forEach((i, at) => {
            back[i] = weights[at];
          });
          return back;
        });
      }),
      { seed: 33, numRuns: Math.ceil(50 * share) },
    );
  });

  it('gives the same weights whatever unit returns are counted in', () => {
    always(37, 16, (problem, answer) => {
      const other = attempt(() => optimize(inUnits(problem, 3)), aim);
      if (other instanceof EngineError) throw other;
      sameAnswer(problem, answer, other, (weights) => weights);
    });
  });

  it('holds of an asset that is listed twice what it held of the one', () => {
    always(38, 16, (drawn) => {
      const problem = { ...drawn, covarianceRadius: 0 };
      const answer = attempt(() => optimize(problem), aim);
      const twins = withTwin(problem);
      const refusals = [...(aim.refusals ?? []), ...(aim.singular ? [aim.singular] : [])];
      const other = attempt(() => optimize(twins), { ...aim, refusals });
      if (other instanceof EngineError && other.code === aim.singular) return;
      if (answer instanceof EngineError || other instanceof EngineError) {
        expect((other as EngineError).code).toBe((answer as EngineError).code);
        return;
      }
      expect(withinLimits(twins, other.weights, 1e-9)).toBe(true);
      if (score !== undefined) {
        const merged = other.weights.slice(0, -1);
        merged[0] += other.weights[merged.length];
        const best = score(problem, answer.weights);
        expect(Math.abs(score(problem, merged) - best)).toBeLessThan(apart(best, answer, other));
      } else if (aim.misses !== undefined) {
        const [first] = other.weights;
        expect(Math.abs(first - other.weights[other.weights.length - 1])).toBeLessThan(1e-6);
      }
    });
  });

  if (score !== undefined) {
    it('says the truth about shadow prices: a little more room gains what it promises', () => {
      always(34, 40, (drawn) => {
        const problem = { ...drawn, riskAversion: 4 };
        if (aim.priced?.(problem) === false) return;
        const answer = attempt(() => optimize(problem), aim);
        if (answer instanceof EngineError) return;
        const before = score(problem, answer.weights);
        const gap = answer.certificate === 'gap';
        // A proof by a gap says less of small moves, so they are larger.
        const room = gap ? 1e-4 : 1e-6;
        for (const one of gap ? answer.binding.slice(0, 4) : answer.binding) {
          if (
            one.asset === undefined ||
            (one.shadowUnit === 'variance' && method === 'target-volatility')
          )
            continue;
          const at = problem.assets.indexOf(one.asset);
          const side = one.kind === 'lower' ? 'lower' : 'upper';
          const limits = { ...problem.limits, [side]: problem.limits[side].slice() };
          limits[side][at] += one.kind === 'lower' ? -room : room;
          const after = attempt(() => optimize({ ...problem, limits }), aim);
          if (after instanceof EngineError) throw after;
          const gain = (score(problem, after.weights) - before) / room;
          const unsure = gap
            ? ((answer.residual + after.residual + 1e-9) * Math.max(Math.abs(before), 1e-3)) / room
            : 0;
          // A kink of the frontier may lie inside the room: never more than promised.
          expect(gain).toBeLessThan(one.shadowPrice * 1.01 + 1e-5 + unsure);
          expect(gain).toBeGreaterThan(-1e-6 - unsure);
        }
      });
    });
  }

  // A Sharpe ratio forgets a cost that is paid, so it may trade on.
  if (method !== 'maximum-sharpe' && aim.restless !== true) {
    it('tells who has traded to its answer to stay there', () => {
      always(35, 40, (problem, answer) => {
        if (problem.current === undefined) return;
        const next = optimize({ ...problem, current: answer.weights });
        expect(next.tradingCost).toBeLessThan(1e-9);
      });
    });
  }

  it('names the minimums that sum to more than the whole', () => {
    let refusal: unknown;
    try {
      optimize(crowdedProblem());
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

  /** The same weights, as far as what they are proved by can tell portfolios apart. */
  function sameAnswer(
    problem: Problem,
    answer: Allocation,
    other: Allocation,
    back: (weights: Float64Array) => Float64Array,
  ): void {
    const weights = back(other.weights);
    const gap = answer.certificate === 'gap';
    weights.forEach((w, i) => {
      expect(Math.abs(w - answer.weights[i])).toBeLessThan(gap ? 1e-3 : 1e-6);
    });
    if (score === undefined) return;
    const best = score(problem, answer.weights);
    expect(Math.abs(score(problem, weights) - best)).toBeLessThan(apart(best, answer, other));
  }
});
