import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../errors.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import { minimumVariance } from './minimum-variance.ts';
import type { Problem } from './problem.ts';
import { targetReturn } from './target-return.ts';
import { targetVolatility } from './target-volatility.ts';

/** Stocks, bonds and cash, uncorrelated: every answer here can be worked out by hand. */
function simple(change: Partial<Problem> = {}): Problem {
  return {
    assets: ['SPY', 'AGG', 'CASH'],
    expectedReturns: Float64Array.of(0.08, 0.04, 0.03),
    covariance: Float64Array.of(0.04, 0, 0, 0, 0.0025, 0, 0, 0, 0),
    riskFree: 0.03,
    limits: { lower: new Float64Array(3), upper: new Float64Array(3).fill(1), linear: [] },
    ...change,
  };
}

function refusalOf(run: () => unknown): Infeasible {
  try {
    run();
  } catch (error) {
    if (error instanceof Infeasible) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('targets', () => {
  it('use the whole volatility budget when risk pays, and price one more point of it', () => {
    const found = targetVolatility(simple({ targetVolatility: 0.04 }));
    expect(found.volatility).toBeCloseTo(0.04, 10);
    // Tangency: weights in proportion to excess over variance, 1.25 to 4; slope is its Sharpe ratio.
    expect(found.weights[1] / found.weights[0]).toBeCloseTo(3.2, 8);
    const sharpe = Math.sqrt(0.05 ** 2 / 0.04 + 0.01 ** 2 / 0.0025);
    expect(found.binding[0].kind).toBe('target-volatility');
    expect(found.binding[0].shadowPrice).toBeCloseTo(sharpe, 8);
    expect(found.expectedReturn).toBeCloseTo(0.03 + 0.04 * sharpe, 10);
  });

  it('stop at the highest return when the limits end before the volatility target', () => {
    const found = targetVolatility(simple({ targetVolatility: 0.5 }));
    expect([...found.weights]).toEqual([1, 0, 0]);
    expect(found.binding.some((one) => one.kind === 'target-volatility')).toBe(false);
  });

  it('take the highest return of all portfolios of least volatility', () => {
    // Two riskless assets, and two that are copies but for what they are expected to earn.
    const covariance = Float64Array.of(0.04, 0, 0, 0, 0, 0.01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    const given: Problem = {
      assets: ['SPY', 'AGG', 'BILL', 'DEPOSIT'],
      expectedReturns: Float64Array.of(0.08, 0.05, 0.02, 0.03),
      covariance,
      riskFree: 0.02,
      limits: {
        lower: new Float64Array(4),
        upper: Float64Array.of(1, 1, 1, 0.7),
        linear: [],
      },
      targetVolatility: 0,
    };
    const riskless = targetVolatility(given);
    expect([...riskless.weights].map((w) => Number(w.toFixed(12)))).toEqual([0, 0, 0.3, 0.7]);
    expect(riskless.residual).toBeLessThan(1e-8);
    const twins = {
      ...given,
      covariance: covariance.map((v, at) => ([10, 11, 14, 15].includes(at) ? 0.02 : v)),
    };
    const { volatility } = minimumVariance(twins);
    const best = targetVolatility({ ...twins, targetVolatility: volatility });
    expect(best.volatility).toBeCloseTo(volatility, 12);
    expect(best.weights[2]).toBeCloseTo(0, 9);
    expect(best.weights[3]).toBeGreaterThan(0.2);
  });

  it('answer with cash alone when no volatility is allowed', () => {
    const { weights } = targetVolatility(simple({ targetVolatility: 0 }));
    expect(weights[2]).toBeCloseTo(1, 12);
  });

  it('name the volatility target, what holds it, and the nearest that works', () => {
    const limits = {
      lower: Float64Array.of(0.5, 0, 0),
      upper: new Float64Array(3).fill(1),
      linear: [],
    };
    const { conflicts, message } = refusalOf(() =>
      targetVolatility(simple({ targetVolatility: 0.05, limits })),
    );
    expect(conflicts.map((one) => one.limit)).toEqual(['target volatility', 'minimum of SPY']);
    expect(conflicts[0].wouldWork).toBeCloseTo(0.1, 9);
    expect(conflicts[1].wouldWork).toBeCloseTo(0.25, 9);
    expect(message).toBe(
      'Infeasible: a target volatility of 5.0 % is out of reach; the lowest is 10.0 %, held there by minimum of SPY; raise the target or loosen a limit.',
    );
    const relaxed = targetVolatility(simple({ targetVolatility: conflicts[0].wouldWork!, limits }));
    expect(relaxed.volatility).toBeCloseTo(0.1, 9);
  });

  it('name no limit without which the target is out of reach all the same', () => {
    const limits = { ...simple().limits, upper: Float64Array.of(0.5, 1, 1) };
    const { conflicts, message } = refusalOf(() =>
      targetReturn(simple({ targetReturn: 0.09, limits })),
    );
    expect(conflicts.map((one) => one.limit)).toEqual(['target return']);
    expect(conflicts[0].wouldWork).toBeCloseTo(0.06, 9);
    expect(message).not.toMatch(/maximum of SPY/);
  });

  it('name the return target, what holds it, and the nearest that works', () => {
    const stocks = {
      name: 'stocks',
      coefficients: Float64Array.of(1, 0, 0),
      lower: -Infinity,
      upper: 0.5,
    };
    const limits = { ...simple().limits, linear: [stocks] };
    const { conflicts, message, proof } = refusalOf(() =>
      targetReturn(simple({ targetReturn: 0.07, limits })),
    );
    // 1 of the target, less 4 % of the budget, less 4 % of the cap: 0.07 - 0.04 - 0.02 is above nothing.
    expect(proof!.certificate.gap / proof!.certificate.rowLower[2]).toBeCloseTo(0.01, 9);
    expect(proof!.relaxation[0].to).toBeCloseTo(0.06, 9);
    expect(conflicts.map((one) => one.limit)).toEqual(['target return', 'at most 50.0 % stocks']);
    expect(conflicts[0].wouldWork).toBeCloseTo(0.06, 9);
    expect(conflicts[1].wouldWork).toBeCloseTo(0.75, 9);
    expect(message).toContain('a target return of 7.0 % is out of reach; the highest is 6.0 %');
  });

  it('name class limits that cannot hold together, each with what would work', () => {
    const row = (name: string, coefficients: Float64Array, lower: number, upper: number) => ({
      name,
      coefficients,
      lower,
      upper,
    });
    const limits = {
      ...simple().limits,
      linear: [
        row('bonds', Float64Array.of(0, 1, 0), 0.3, 1),
        row('stocks', Float64Array.of(1, 0, 0), 0.8, 1),
      ],
    };
    const { conflicts, message } = refusalOf(() => maximumSharpe(simple({ limits })));
    const named = new Map(conflicts.map((one) => [one.limit, one.wouldWork]));
    expect(named.get('at least 30.0 % bonds')).toBeCloseTo(0.2, 9);
    expect(named.get('at least 80.0 % stocks')).toBeCloseTo(0.7, 9);
    expect(message).toMatch(
      /at least 30.0 % bonds and at least 80.0 % stocks cannot hold together/,
    );
  });
});

describe('maximum Sharpe', () => {
  it('holds the least cash among equally good portfolios', () => {
    const found = maximumSharpe(simple());
    expect(found.weights[2]).toBeLessThan(1e-7);
    expect(found.weights[1] / found.weights[0]).toBeCloseTo(3.2, 6);
  });

  it('says so when nothing beats the risk-free rate', () => {
    const code = (() => {
      try {
        maximumSharpe(simple({ riskFree: 0.09 }));
      } catch (error) {
        return (error as EngineError).code;
      }
    })();
    expect(code).toBe('no-excess-return');
  });
});

describe('trading costs', () => {
  it('keep today’s weight where a trade would cost more than it adds', () => {
    const current = Float64Array.of(0.32, 0.48, 0.2);
    // Risk aversion 4 wants (0.05/(4 x 0.04), 0.01/(4 x 0.0025)) = (0.3125, 1) of SPY and AGG, cut to the budget.
    const problem = simple({ riskAversion: 4, current });
    const free = meanVarianceUtility(problem);
    const costly = meanVarianceUtility({
      ...problem,
      tradingCosts: Float64Array.of(0.02, 0.02, 0),
    });
    costly.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(current[i], 12);
    });
    expect(costly.tradingCost).toBe(0);
    expect(Math.abs(free.weights[1] - current[1])).toBeGreaterThan(0.1);
  });

  it('are refused without present weights', () => {
    const tradingCosts = new Float64Array(3).fill(0.001);
    expect(() => meanVarianceUtility(simple({ riskAversion: 4, tradingCosts }))).toThrow(
      EngineError,
    );
  });
});
