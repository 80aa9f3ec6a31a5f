import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../../errors.ts';
import { randomSource } from '../../random.ts';
import { maximumSharpe } from '../maximum-sharpe.ts';
import { meanVarianceUtility } from '../mean-variance-utility.ts';
import { minimumTrackingError } from '../minimum-tracking-error.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Allocation, Limits, Optimizer, Problem } from '../problem.ts';
import { targetReturn } from '../target-return.ts';
import { targetVolatility } from '../target-volatility.ts';
import { furtherLimits } from './further-limits.ts';
import { withLimits } from './index.ts';
import { byOuterCuts } from './outer-cuts.ts';
import { limitedTo, measured, randomProblem } from './random-problem.fixture.ts';

type Key = keyof typeof measured;
const keys = Object.keys(measured) as Key[];

const cost = (p: Problem, w: Float64Array) =>
  w.reduce((sum, v, i) => {
    const size = Math.abs(v - p.current![i]);
    return sum + (p.tradingCosts?.[i] ?? 0) * size + (p.marketImpact?.[i] ?? 0) * size ** 1.5;
  }, 0);
const net = (p: Problem, w: Float64Array) =>
  w.reduce((sum, v, i) => sum + v * p.expectedReturns[i], 0) - cost(p, w);
const variance = (p: Problem, w: Float64Array) => measured.volatility(p, w) ** 2;
const calm = (p: Problem, w: Float64Array) => variance(p, w) + (2 / p.riskAversion!) * cost(p, w);

/** Each method with what it makes least, written apart from the solver. */
const methods: readonly (readonly [Optimizer, (p: Problem, w: Float64Array) => number])[] = [
  [minimumVariance, calm],
  [targetReturn, calm],
  [maximumSharpe, (p, w) => -(net(p, w) - p.riskFree) / Math.sqrt(variance(p, w))],
  [targetVolatility, (p, w) => -net(p, w)],
  [meanVarianceUtility, (p, w) => (p.riskAversion! / 2) * variance(p, w) - net(p, w)],
  [
    minimumTrackingError,
    (p, w) => measured.trackingError(p, w) ** 2 + (2 / p.riskAversion!) * cost(p, w),
  ],
];

/** Some limits that the method's own answer breaks, by 2 to 20 %, and one or two at a time. */
function tightened(problem: Problem, free: Allocation, seed: number): Partial<Limits> {
  const random = randomSource(seed);
  const limits: Partial<Record<Key, number>> = {};
  const count = 1 + random.integer(2);
  for (let k = 0; k < count; k++) {
    const key = keys[random.integer(keys.length)];
    limits[key] = (0.8 + 0.18 * random.uniform()) * measured[key](problem, free.weights);
  }
  return limits;
}

function attempt(solve: () => Allocation): Allocation | EngineError {
  try {
    return solve();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

const within = (p: Problem, w: Float64Array, room: number) =>
  Math.abs(w.reduce((sum, v) => sum + v, 0) - 1) <= room &&
  w.every((v, i) => v >= p.limits.lower[i] - room && v <= p.limits.upper[i] + room) &&
  p.limits.linear.every(({ coefficients, lower, upper }) => {
    const sum = w.reduce((total, v, i) => total + v * coefficients[i], 0);
    return sum >= lower - room && sum <= upper + room;
  }) &&
  keys.every((key) => {
    const most = p.limits[key];
    return most === undefined || measured[key](p, w) <= most * (1 + 2e-9) + room * 1e-3;
  });

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe.each(methods.map(([optimize, aim]) => ({ name: optimize.name, optimize, aim })))(
  '$name under limits',
  ({ optimize, aim }) => {
    const limited = withLimits(optimize);

    it('keeps every limit to 1e-9, is no better than without, and no feasible move improves it', () => {
      let solved = 0;
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed, 3 + (seed % 9));
          const free = attempt(() => optimize(problem));
          if (free instanceof EngineError) return;
          const tight = limitedTo(problem, tightened(problem, free, seed));
          const answer = attempt(() => limited(tight));
          if (answer instanceof EngineError) {
            expect(['infeasible', 'no-excess-return']).toContain(answer.code);
            return;
          }
          solved++;
          const w = answer.weights;
          expect(answer.method).toBe(free.method);
          expect(within(tight, w, 1e-9)).toBe(true);
          expect(answer.residual).toBeLessThan(1e-8);
          const best = aim(tight, w);
          const scale = Math.max(Math.abs(best), 1e-3);
          expect(best).toBeGreaterThanOrEqual(aim(problem, free.weights) - 1e-8 * scale);
          const check = (moved: Float64Array) => {
            if (method(tight, moved) && within(tight, moved, 0))
              expect(aim(tight, moved)).toBeGreaterThanOrEqual(best - 1e-7 * scale);
          };
          const random = randomSource(seed);
          for (let trial = 0; trial < 60; trial++) {
            const to = trial % 3;
            const way = w.map((v, i) =>
              to === 0
                ? random.normal()
                : (to === 1 ? problem.current! : problem.benchmark!)[i] - v,
            );
            const mean = way.reduce((sum, v) => sum + v, 0) / way.length;
            const step = 10 ** (-5 + 4 * random.uniform());
            check(w.map((v, i) => v + step * (way[i] - mean)));
          }
        }),
        { seed: 41, numRuns: 60 },
      );
      expect(solved).toBeGreaterThan(8);
    });

    it('agrees with tangents alone, which share nothing with it but the method', () => {
      let compared = 0;
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed, 3 + (seed % 5));
          const free = attempt(() => optimize(problem));
          if (free instanceof EngineError) return;
          const tight = limitedTo(problem, tightened(problem, free, seed));
          const answer = attempt(() => limited(tight));
          if (answer instanceof EngineError) return;
          const other = byOuterCuts(optimize, problem, furtherLimits(tight), free);
          const best = aim(tight, answer.weights);
          const scale = Math.max(Math.abs(best), 1e-3);
          expect(Math.abs(aim(tight, other.weights) - best)).toBeLessThan(2e-8 * scale);
          compared++;
        }),
        { seed: 45, numRuns: 30 },
      );
      expect(compared).toBeGreaterThan(3);
    });

    it('gives the same bits with limits that do not bind', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed, 6);
          const free = attempt(() => optimize(problem));
          if (free instanceof EngineError) return;
          const slack = Object.fromEntries(
            keys.map((key) => [key, 1.1 * measured[key](problem, free.weights) + 0.01]),
          );
          expect(limited(limitedTo(problem, slack))).toEqual(free);
        }),
        { seed: 42, numRuns: 15 },
      );
    });

    it('prices each limit as what a little more of it gains', () => {
      let priced = 0;
      fc.assert(
        fc.property(seeds, (seed) => {
          const problem = randomProblem(seed, 7);
          const free = attempt(() => optimize(problem));
          if (free instanceof EngineError) return;
          const key = keys[seed % keys.length];
          const most = 0.93 * measured[key](problem, free.weights);
          const at = (bound: number) => limited(limitedTo(problem, { [key]: bound }));
          const answer = attempt(() => at(most));
          if (answer instanceof EngineError) return;
          const found = answer.binding.find(
            ({ kind, bound }) => kind === 'at-most' && bound === most,
          );
          expect(found).toBeDefined();
          const unit = key === 'turnover' ? 1 : most;
          const step = 1e-5 * unit;
          const [more, less] = [attempt(() => at(most + step)), attempt(() => at(most - step))];
          if (more instanceof EngineError || less instanceof EngineError) return;
          const gain = (one: Allocation, other: Allocation) =>
            (aim(problem, one.weights) - aim(problem, other.weights)) / step;
          // Where the answer changes its face the price lies between the two sides.
          const sides = [gain(answer, more), gain(less, answer)];
          const room = 2e-3 * Math.abs(sides[1]) + 1e-5;
          expect(found!.shadowPrice).toBeGreaterThan(Math.min(...sides) - room);
          expect(found!.shadowPrice).toBeLessThan(Math.max(...sides) + room);
          priced++;
        }),
        { seed: 43, numRuns: 40 },
      );
      expect(priced).toBeGreaterThan(5);
    });

    function method(p: Problem, w: Float64Array): boolean {
      if (optimize === targetReturn)
        return w.reduce((sum, v, i) => sum + v * p.expectedReturns[i], 0) >= p.targetReturn!;
      return optimize !== targetVolatility || measured.volatility(p, w) <= p.targetVolatility!;
    }
  },
);

describe('limits that conflict', () => {
  it('are named themselves, and each bound that would work does, and no nearer one', () => {
    let refused = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed, 6);
        const calmest = minimumVariance(problem);
        const random = randomSource(seed);
        const tight = limitedTo(problem, {
          volatility: calmest.volatility * (0.9 + 0.3 * random.uniform()),
          turnover: 0.5 * random.uniform(),
          trackingError: 0.1 * random.uniform() + 1e-3,
        });
        const refusal = attempt(() => withLimits(meanVarianceUtility)(tight));
        if (!(refusal instanceof Infeasible)) return;
        refused++;
        expect(refusal.conflicts.length).toBeGreaterThan(0);
        expect(refusal.message).toMatch(/^Infeasible: .*(cannot be met|cannot hold together); /);
        for (const { limit, bound, wouldWork } of refusal.conflicts) {
          expect(limit).not.toMatch(/tangent|way \d/);
          const key = keys.find((one) => tight.limits[one] === bound);
          if (wouldWork === null || key === undefined) continue;
          const width = wouldWork - bound;
          expect(width).toBeGreaterThan(0);
          const works = (most: number) =>
            !(
              attempt(() =>
                withLimits(minimumVariance)(limitedTo(tight, { [key]: most })),
              ) instanceof EngineError
            );
          expect(works(bound + 1.0005 * width + 1e-7)).toBe(true);
          expect(works(bound + 0.999 * width)).toBe(false);
        }
      }),
      { seed: 44, numRuns: 40 },
    );
    expect(refused).toBeGreaterThan(10);
  });

  it('say what works together where no limit is enough alone', () => {
    const base = randomProblem(5, 8);
    const tight = limitedTo(base, { volatility: 0.02, turnover: 0.2, trackingError: 0.01 });
    const refusal = attempt(() => withLimits(minimumVariance)(tight));
    expect(refusal).toBeInstanceOf(Infeasible);
    expect((refusal as Infeasible).conflicts.every(({ wouldWork }) => wouldWork === null)).toBe(
      true,
    );
    const found = [
      ...(refusal as Infeasible).message.matchAll(/([\d.]+) % instead of ([\d.]+) % for (\w+)/g),
    ];
    expect(found.length).toBeGreaterThan(1);
    const names = { volatility: 'volatility', turnover: 'turnover', tracking: 'trackingError' };
    const wider = Object.fromEntries(
      found.map(([, to, , name]) => [names[name as keyof typeof names], Number(to) / 100]),
    );
    expect(attempt(() => withLimits(minimumVariance)(limitedTo(tight, wider)))).not.toBeInstanceOf(
      EngineError,
    );
  });

  it('say in one sentence what to write', () => {
    const tight = limitedTo(randomProblem(5, 6), { volatility: 0.01 });
    expect(() => withLimits(minimumVariance)(tight)).toThrow(
      /^Infeasible: volatility at most 1\.0 % cannot be met; it would work with \d+(\.\d+)? % instead of 1\.0 % for volatility at most 1\.0 %\.$/,
    );
  });
});

describe('what limits are measured against', () => {
  const {
    current: _,
    benchmark: __,
    scenarios: ___,
    tradingCosts: ____,
    ...bare
  } = randomProblem(3, 4);

  it.each([
    [{ turnover: 0.2 }, /current/],
    [{ trackingError: 0.02 }, /benchmark/],
    [{ conditionalValueAtRisk: 0.02 }, /scenarios/],
  ])('is asked for when %j comes without it', (limits, words) => {
    expect(() => withLimits(minimumVariance)(limitedTo(bare, limits))).toThrow(words);
  });

  it('refuses a limit that is no number above 0', () => {
    expect(() => withLimits(minimumVariance)(limitedTo(bare, { volatility: -0.1 }))).toThrow(
      /give a fraction above 0/,
    );
    expect(() => withLimits(minimumVariance)(limitedTo(bare, { volatility: Number.NaN }))).toThrow(
      /give a fraction above 0/,
    );
  });
});
