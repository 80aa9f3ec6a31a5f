import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import type { Allocation, Problem } from '../optimizers/problem.ts';
import { covarianceOf } from './correlation.ts';
import { problemMixing } from './counterfactual.ts';
import { explainChange, type Recommended } from './explain-change.ts';
import { leadingDrivers } from './leading-drivers.ts';
import { portfolioVolatility } from './portfolio-volatility.ts';
import { shapley } from './shapley.ts';

const assets = ['SPY', 'QQQ', 'AGG'];
const classOf = (asset: string): string => (asset === 'AGG' ? 'bonds' : 'stocks');

function problemOf(
  volatilities: number[],
  correlation: number,
  extra: Partial<Problem> = {},
): Problem {
  const n = volatilities.length;
  const correlations = new Float64Array(n * n).fill(correlation);
  for (let i = 0; i < n; i++) correlations[i * n + i] = 1;
  return {
    assets,
    expectedReturns: Float64Array.of(0.08, 0.09, 0.04),
    covariance: covarianceOf({ volatilities: Float64Array.from(volatilities), correlations }),
    riskFree: 0.02,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    current: new Float64Array(n),
    targetVolatility: 0.1,
    ...extra,
  };
}

/** A small stand-in optimizer: returns over variance, capped, tilted by the target. */
type Resolve = Parameters<typeof problemMixing>[0];

const resolve: Resolve = (problem): Allocation => {
  const n = problem.assets.length;
  const raw = Float64Array.from(problem.assets, (_, i) => {
    const variance = problem.covariance[i * n + i];
    const beside = problem.covariance[i * n + ((i + 1) % n)];
    const wanted = problem.expectedReturns[i] / (variance + Math.abs(beside) + 0.001);
    return wanted + (problem.current?.[i] ?? 0) * (problem.targetVolatility ?? 0.1);
  });
  const sum = raw.reduce((a, b) => a + b, 0);
  const weights = raw.map((w, i) => Math.min(w / sum, problem.limits.upper[i]));
  return {
    method: 'toy',
    weights,
    expectedReturn: 0,
    volatility: portfolioVolatility(weights, problem.covariance),
    tradingCost: 0,
    binding: [],
    residual: 0,
    iterations: 1,
    solvedBy: 'toy',
  };
};

function solved(problem: Problem): Recommended {
  return { problem, allocation: resolve(problem, 'next') };
}

describe('the explanation of a change', () => {
  it('puts everything on the only thing that changed, and says how the market moved', () => {
    const { drivers, refused, merged } = explainChange(
      solved(problemOf([0.15, 0.2, 0.05], 0.3)),
      solved(problemOf([0.195, 0.26, 0.05], 0.3)),
      problemMixing(resolve),
      classOf,
    );
    const stocks = drivers.find((d) => d.kind === 'change' && d.subject === 'stocks');
    expect(stocks?.kind === 'change' && stocks.causes.map((c) => c.cause)).toEqual(['volatility']);
    const move = drivers.find((d) => d.kind === 'market-move' && d.subject === 'stocks');
    expect(move?.kind === 'market-move' && move.to / move.from).toBeCloseTo(1.3, 9);
    expect([refused, merged]).toEqual([[], []]);
    const leading = leadingDrivers(drivers);
    expect(leading.slice(0, 2).map((d) => d.kind)).toEqual(['change', 'change']);
    expect(leading.some((d) => d.kind === 'market-move' && d.what === 'volatility')).toBe(true);
  });

  it('sums to the change for every subject, whatever changed', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const one = fc
      .tuple(
        fc.array(number(0.02, 0.6), { minLength: 3, maxLength: 3 }),
        number(0, 0.9),
        fc.array(number(0.01, 0.2), { minLength: 3, maxLength: 3 }),
        fc.array(number(0.2, 1), { minLength: 3, maxLength: 3 }),
        number(0.02, 0.3),
        fc.array(number(0, 0.3), { minLength: 3, maxLength: 3 }),
      )
      .map(([vols, rho, returns, upper, targetVolatility, current]) =>
        problemOf(vols, rho, {
          expectedReturns: Float64Array.from(returns),
          limits: { lower: new Float64Array(3), upper: Float64Array.from(upper), linear: [] },
          targetVolatility,
          current: Float64Array.from(current),
        }),
      );
    fc.assert(
      fc.property(one, one, (a, b) => {
        const { drivers } = explainChange(solved(a), solved(b), problemMixing(resolve), classOf);
        for (const driver of drivers) {
          if (driver.kind !== 'change') continue;
          const sum = driver.causes.reduce((total, each) => total + each.contribution, 0);
          expect(Math.abs(sum - (driver.to - driver.from))).toBeLessThan(1e-9);
        }
      }),
      { seed: 20_260_501, numRuns: 60 },
    );
  });

  it('leaves out orders through a mixture without a solution, and reports it', () => {
    const before = problemOf([0.15, 0.2, 0.05], 0.3);
    const after = problemOf([0.3, 0.4, 0.05], 0.6, { targetVolatility: 0.2 });
    const moody: Resolve = (problem, goalOf) => {
      // The old goal cannot be met at the new volatility.
      if (goalOf === 'previous' && problem.covariance[0] > 0.05) {
        throw new EngineError('infeasible', 'Too much risk for the old goal.', {});
      }
      return resolve(problem, goalOf);
    };
    const { drivers, refused, merged } = explainChange(
      solved(before),
      solved(after),
      problemMixing(moody),
      classOf,
    );
    expect(refused).toEqual([
      { causes: ['volatility'], code: 'infeasible' },
      { causes: ['volatility', 'correlation'], code: 'infeasible' },
    ]);
    expect(merged).toEqual([]);
    for (const driver of drivers) {
      if (driver.kind !== 'change') continue;
      const sum = driver.causes.reduce((total, each) => total + each.contribution, 0);
      expect(sum).toBeCloseTo(driver.to - driver.from, 12);
    }
  });

  it('attributes the arrival of an asset to the limits that let it in', () => {
    const after = problemOf([0.15, 0.2, 0.05], 0.3);
    const before: Problem = {
      ...after,
      assets: ['SPY', 'AGG'],
      expectedReturns: Float64Array.of(0.08, 0.04),
      covariance: covarianceOf({
        volatilities: Float64Array.of(0.15, 0.05),
        correlations: Float64Array.of(1, 0.3, 0.3, 1),
      }),
      limits: { lower: new Float64Array(2), upper: new Float64Array(2).fill(1), linear: [] },
      current: new Float64Array(2),
    };
    const { drivers } = explainChange(
      solved(before),
      solved(after),
      problemMixing(resolve),
      classOf,
    );
    const arrived = drivers.find((d) => d.kind === 'change' && d.subject === 'QQQ');
    expect(arrived?.kind === 'change' && arrived.from).toBe(0);
    expect(arrived?.kind === 'change' && arrived.causes[0].cause).toBe('policy');
  });

  it('has nothing to say when nothing changed, and refuses one problem with two answers', () => {
    const same = solved(problemOf([0.15, 0.2, 0.05], 0.3));
    expect(explainChange(same, same, problemMixing(resolve), classOf).drivers).toEqual([]);
    const other = {
      ...same,
      allocation: { ...same.allocation, weights: Float64Array.of(1, 0, 0) },
    };
    expect(() => explainChange(same, other, problemMixing(resolve), classOf)).toThrow(
      /two answers/,
    );
  });

  it('lets a bug in the optimizer through', () => {
    const broken: Resolve = () => {
      throw new TypeError('not arithmetic');
    };
    const a = solved(problemOf([0.15, 0.2, 0.05], 0.3));
    const b = solved(problemOf([0.25, 0.2, 0.05], 0.6));
    expect(() => explainChange(a, b, problemMixing(broken), classOf)).toThrow(TypeError);
  });
});

describe('the Shapley value', () => {
  it('gives each player of a sum what it adds, and splits what only works together', () => {
    const sum = shapley(3, (set) => Float64Array.of((set & 1) * 2 + (set & 2) * 5 + (set & 4)));
    expect(sum.contributions.map((c) => c[0])).toEqual([2, 10, 4]);
    const glove = shapley(3, (set) => Float64Array.of((set & 1) > 0 && (set & 6) > 0 ? 6 : 0));
    expect(glove.contributions.map((c) => Math.round(c[0] * 1e9) / 1e9)).toEqual([4, 1, 1]);
  });

  it('takes causes in one step when nothing in between has a solution', () => {
    const { contributions, merged, refused } = shapley(2, (set) =>
      set === 0 ? Float64Array.of(0) : set === 3 ? Float64Array.of(1) : null,
    );
    expect(contributions.map((c) => c[0])).toEqual([0.5, 0.5]);
    expect(merged).toEqual([[0, 1]]);
    expect(refused).toEqual([1, 2]);
  });
});
