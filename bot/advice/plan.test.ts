import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimizers } from '../../engine/optimizers/index.ts';
import { assetClasses, assetOf, CASH, catalogue, classNames } from '../catalogue.ts';
import { policies, profileNames } from '../suitability/policy.ts';
import { limitsOf, problemOf } from './plan.ts';
import { classOf } from './situation.ts';

const symbols = catalogue.map((each) => each.symbol);
const assets = [...symbols, CASH];

/** Uncorrelated made moments: risk and reward rise along the catalogue. */
const moments = {
  assets: symbols,
  expectedReturns: Float64Array.from(symbols, (_, i) => 0.03 + 0.004 * i),
  covariance: Float64Array.from({ length: symbols.length ** 2 }, (_, at) =>
    at % (symbols.length + 1) === 0 ? (0.04 + (0.02 * at) / symbols.length) ** 2 : 0,
  ),
};

const anyCurrent = fc
  .array(fc.tuple(fc.constantFrom(...assets), fc.double({ min: 0.01, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pairs) => {
    const held = new Map(pairs);
    const sum = [...held.values()].reduce((total, weight) => total + weight, 0);
    return new Map([...held].map(([symbol, weight]) => [symbol, weight / sum]));
  });

describe.each(profileNames)('the limits of the %s profile', (profile) => {
  const policy = policies[profile];

  it('cap every asset by its class, and narrow ones lower still', () => {
    const { lower, upper } = limitsOf(assets, policy, new Map(), false);
    for (const [i, symbol] of assets.entries()) {
      expect(lower[i]).toBe(0);
      const cap = Math.min(
        policy.maxPerAsset[classOf(symbol)],
        assetOf(symbol)?.mostWeight ?? Infinity,
      );
      const recommended = symbol === CASH || assetOf(symbol)?.recommended === true;
      expect(upper[i], symbol).toBe(recommended ? cap : 0);
    }
  });

  it('hold each class between its bounds, named as a person reads it', () => {
    const { linear } = limitsOf(assets, policy, new Map(), false);
    for (const each of assetClasses) {
      const [least, most] = policy.classLimits[each];
      const limit = linear.find((one) => one.name === classNames[each]);
      if (least <= 0 && most >= 1) {
        expect(limit).toBeUndefined();
        continue;
      }
      expect(limit).toMatchObject({
        lower: least > 0 ? least : -Infinity,
        upper: most < 1 ? most : Infinity,
      });
      expect([...limit!.coefficients]).toEqual(
        assets.map((symbol) => (classOf(symbol) === each ? 1 : 0)),
      );
    }
  });

  it('are kept by every answer, and what is not recommended is never bought', () => {
    fc.assert(
      fc.property(anyCurrent, (current) => {
        const objective = {
          method: 'target-volatility',
          targetVolatility: policy.volatilityBudget,
        } as const;
        const problem = problemOf(moments, policy, objective, current, evidence(0.02));
        const { weights } = optimizers['target-volatility'](problem);
        const totals = new Map<string, number>();
        for (const [i, symbol] of assets.entries()) {
          const of = classOf(symbol);
          totals.set(of, (totals.get(of) ?? 0) + weights[i]);
          if (symbol === CASH) continue;
          expect(weights[i]).toBeLessThanOrEqual(policy.maxPerAsset[of] + 1e-9);
          if (assetOf(symbol)?.recommended !== true) {
            expect(weights[i]).toBeLessThanOrEqual((current.get(symbol) ?? 0) + 1e-9);
          }
        }
        for (const [of, total] of totals) {
          const [least, most] = policy.classLimits[of as keyof typeof policy.classLimits];
          expect(total).toBeGreaterThanOrEqual(least - 1e-9);
          expect(total).toBeLessThanOrEqual(most + 1e-9);
        }
      }),
      { seed: 20_261_123, numRuns: 25 },
    );
  });
});

const evidence = (cashRate: number) => ({
  assets: symbols,
  returns: new Float64Array(),
  years: 10,
  cashRate,
});

describe('the problem', () => {
  const objective = { method: 'minimum-variance' } as const;

  it('stands cash last with no variance and its own rate, and trades that cost', () => {
    const current = new Map([
      ['SPY', 0.6],
      [CASH, 0.4],
    ]);
    const problem = problemOf(moments, policies.balanced, objective, current, evidence(0.035));
    const n = assets.length;
    expect(problem.assets).toEqual(assets);
    expect(problem.expectedReturns[n - 1]).toBe(0.035);
    expect(problem.riskFree).toBe(0.035);
    for (let i = 0; i < n; i++) {
      expect(problem.covariance[i * n + n - 1]).toBe(0);
      expect(problem.covariance[(n - 1) * n + i]).toBe(0);
    }
    expect(problem.covariance[n + 1]).toBe(moments.covariance[symbols.length + 1]);
    expect(problem.current![0]).toBe(0.6);
    expect(problem.current![n - 1]).toBe(0.4);
    expect(problem.tradingCosts![0]).toBeCloseTo(0.0005, 15);
    expect(problem.tradingCosts![symbols.indexOf('BTC-USD')]).toBeCloseTo(0.003, 15);
    expect(problem.tradingCosts![n - 1]).toBe(0);
    expect(problem.riskAversion).toBe(policies.balanced.riskAversion);
  });

  it('of keeping what there is leaves at most a quarter in cash, other goals as the policy says', () => {
    const cashLimit = (preserve: boolean) =>
      limitsOf(assets, policies.cautious, new Map(), preserve).linear.find(
        (one) => one.name === 'cash',
      );
    expect(cashLimit(true)).toMatchObject({ lower: 0.05, upper: 0.25 });
    expect(cashLimit(false)).toMatchObject({ lower: 0.05, upper: Infinity });
  });

  it('sets only the target that the objective has', () => {
    const plain = problemOf(moments, policies.growth, objective, new Map(), evidence(0.02));
    expect('targetReturn' in plain || 'targetVolatility' in plain).toBe(false);
    const wanted = { method: 'target-return', targetReturn: 0.05 } as const;
    expect(
      problemOf(moments, policies.growth, wanted, new Map(), evidence(0.02)).targetReturn,
    ).toBe(0.05);
  });
});
