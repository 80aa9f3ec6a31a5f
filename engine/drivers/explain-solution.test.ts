import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimizers } from '../optimizers/index.ts';
import type { LinearLimit, Problem } from '../optimizers/problem.ts';
import { problemMixing } from './counterfactual.ts';
import { explainAllocation } from './explain-allocation.ts';
import { explainChange } from './explain-change.ts';
import { leadingDrivers } from './leading-drivers.ts';

const assets = ['SPY', 'QQQ', 'AGG', 'GLD', 'CASH'];
const classOf = (asset: string): string =>
  ({ SPY: 'stocks', QQQ: 'stocks', AGG: 'bonds', GLD: 'gold', CASH: 'cash' })[asset]!;
const { 'target-volatility': targetVolatility } = optimizers;

/** A market of two factors and own noise: always a covariance. */
function problemOf(stress: number, noise: readonly number[], extra: Partial<Problem>): Problem {
  const loadings = [
    [0.15 * stress, 0],
    [0.2 * stress, 0],
    [-0.01, 0.05],
    [0.02, 0.04],
    [0, 0],
  ];
  const n = assets.length;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n - 1; i++) {
    for (let j = 0; j < n - 1; j++) {
      covariance[i * n + j] =
        loadings[i][0] * loadings[j][0] +
        loadings[i][1] * loadings[j][1] +
        (i === j ? noise[i] ** 2 : 0);
    }
  }
  const stocks: LinearLimit = {
    name: 'stocks',
    coefficients: Float64Array.of(1, 1, 0, 0, 0),
    lower: -Infinity,
    upper: 0.65,
  };
  return {
    assets,
    expectedReturns: Float64Array.of(0.075, 0.085, 0.04, 0.05, 0.03),
    covariance,
    riskFree: 0.03,
    limits: {
      lower: Float64Array.of(0, 0, 0, 0, 0.03),
      upper: Float64Array.of(0.4, 0.4, 0.45, 0.2, 1),
      linear: [stocks],
    },
    current: Float64Array.of(0.3, 0.2, 0.3, 0.1, 0.1),
    tradingCosts: Float64Array.of(0.0005, 0.0005, 0.0005, 0.0007, 0),
    targetVolatility: 0.1,
    ...extra,
  };
}

describe('reasons from real solutions', () => {
  it('a stormier market is told as the fall of stocks that it caused', () => {
    const noise = [0.05, 0.08, 0.03, 0.12];
    const before = problemOf(1, noise, {});
    const after = problemOf(1.4, noise, {});
    const solved = (problem: Problem) => ({ problem, allocation: targetVolatility(problem) });
    const { drivers } = explainChange(
      solved(before),
      solved(after),
      problemMixing(targetVolatility),
      classOf,
    );
    const leading = leadingDrivers([
      ...drivers,
      ...explainAllocation(after, targetVolatility(after)),
    ]);
    const [first] = leading;
    expect(first).toMatchObject({ kind: 'change', subject: 'stocks' });
    expect(first.kind === 'change' && first.to < first.from).toBe(true);
    expect(first.kind === 'change' && first.causes[0].cause).toBe('volatility');
    expect(leading.length).toBeGreaterThanOrEqual(3);
    expect(leading.length).toBeLessThanOrEqual(5);
    expect(leading.some((d) => d.kind === 'market-move' && d.to > d.from)).toBe(true);
  });

  it('contributions sum to the change to 1e-9 whatever changed', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const problem = fc
      .tuple(
        number(0.6, 1.8),
        fc.array(number(0.02, 0.15), { minLength: 4, maxLength: 4 }),
        fc.array(number(0.01, 0.12), { minLength: 4, maxLength: 4 }),
        number(0.04, 0.16),
        number(0.25, 0.6),
      )
      .map(([stress, noise, returns, volatility, upper]) =>
        problemOf(stress, noise, {
          expectedReturns: Float64Array.of(...returns, 0.03),
          targetVolatility: volatility,
          limits: {
            lower: Float64Array.of(0, 0, 0, 0, 0.03),
            upper: Float64Array.of(upper, upper, 0.45, 0.2, 1),
            linear: [],
          },
        }),
      );
    fc.assert(
      fc.property(problem, problem, (a, b) => {
        const { drivers } = explainChange(
          { problem: a, allocation: targetVolatility(a) },
          { problem: b, allocation: targetVolatility(b) },
          problemMixing(targetVolatility),
          classOf,
        );
        for (const driver of drivers) {
          if (driver.kind !== 'change') continue;
          const sum = driver.causes.reduce((total, each) => total + each.contribution, 0);
          expect(Math.abs(sum - (driver.to - driver.from))).toBeLessThan(1e-9);
        }
      }),
      { seed: 20_260_501, numRuns: 40 },
    );
  });

  it('a limit is worth what a hundredth more of it adds', () => {
    const problem = problemOf(1.3, [0.05, 0.08, 0.03, 0.12], {});
    const allocation = targetVolatility(problem);
    const net = (each: typeof allocation) => each.expectedReturn - each.tradingCost;
    const drivers = explainAllocation(problem, allocation);
    const budget = drivers.find(
      (each) => each.kind === 'binding-limit' && each.binding.kind === 'target-volatility',
    );
    const step = 1e-5;
    const wider = targetVolatility({ ...problem, targetVolatility: 0.1 + step });
    const perPoint = ((net(wider) - net(allocation)) / step) * 0.01;
    expect(budget?.kind).toBe('binding-limit');
    if (budget?.kind === 'binding-limit') expect(budget.returnPerPoint).toBeCloseTo(perPoint, 5);
  });
});
