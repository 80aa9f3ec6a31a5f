import { describe, expect, it } from 'vitest';
import { peerCase, peerCasesPresent, peerPrices } from '../../oracles/peer-cases.ts';
import {
  averageDrawdown,
  conditionalDrawdownAtRisk,
  conditionalValueAtRisk,
  drawdownAtRisk,
  drawdowns,
  entropicDrawdownAtRisk,
  entropicRisk,
  entropicValueAtRisk,
  firstLowerPartialMoment,
  giniMeanDifference,
  lossQuantile,
  mean,
  meanAbsoluteDeviation,
  populationShape,
  semideviation,
  standardDeviation,
  ulcerIndex,
} from './index.ts';

describe.skipIf(!peerCasesPresent)(
  'measures of skfolio (skipped without ../shared/oracles)',
  () => {
    const returns = (() => {
      if (!peerCasesPresent) return new Float64Array();
      const { names, days, prices } = peerPrices('data/skfolio/sp500_dataset.csv.gz');
      const n = names.length;
      const at = names.indexOf('AAPL');
      return Float64Array.from(
        { length: days.length - 1 },
        (_, t) => prices[(t + 1) * n + at] / prices[t * n + at] - 1,
      );
    })();

    const agree = (id: string, actual: Record<string, number>) => {
      const one = peerCase<unknown, Record<string, number>>(id);
      expect(Object.keys(actual).sort()).toEqual(Object.keys(one.expected).sort());
      for (const [name, value] of Object.entries(one.expected))
        expect(Math.abs(actual[name] - value), name).toBeLessThanOrEqual(
          one.tolerance_suggested.value,
        );
    };

    it('agrees on moments (skf-measures-moments)', () => {
      const { skewness, kurtosis } = populationShape(returns);
      agree('skf-measures-moments', {
        mean: mean(returns),
        mad: meanAbsoluteDeviation(returns),
        flpm: firstLowerPartialMoment(returns),
        variance_unbiased: standardDeviation(returns) ** 2,
        semi_variance_unbiased: semideviation(returns) ** 2,
        std_unbiased: standardDeviation(returns),
        semi_deviation_unbiased: semideviation(returns),
        skew: skewness,
        kurtosis,
        gini_mean_difference: giniMeanDifference(returns),
      });
    });

    it('agrees on the tail (skf-measures-tail)', () => {
      const losses = returns.map((r) => -r);
      agree('skf-measures-tail', {
        worst: lossQuantile(losses, 1e-9),
        var_95: lossQuantile(losses),
        cvar_95: -conditionalValueAtRisk(returns),
        entropic_theta1_95: entropicRisk(returns),
        evar_95: entropicValueAtRisk(returns),
      });
    });

    it('agrees on drawdowns, compounded and not (skf-measures-drawdown)', () => {
      agree('skf-measures-drawdown', {
        dar_compounded: drawdownAtRisk(returns),
        max_dd_compounded: Math.max(...drawdowns(returns)),
        avg_dd_compounded: averageDrawdown(returns),
        cdar_compounded: conditionalDrawdownAtRisk(returns),
        edar_compounded: entropicDrawdownAtRisk(returns),
        ulcer_compounded: ulcerIndex(returns),
        max_dd_uncompounded: Math.max(...drawdowns(returns, false)),
        avg_dd_uncompounded: averageDrawdown(returns, false),
        cdar_uncompounded: conditionalDrawdownAtRisk(returns, 0.05, false),
        edar_uncompounded: entropicDrawdownAtRisk(returns, 0.05, false),
        ulcer_uncompounded: ulcerIndex(returns, false),
      });
    });
  },
);

describe('measures by hand', () => {
  it('counts a drawdown from the start, not only from a later high', () => {
    expect([...drawdowns([-0.1, 0.05])]).toEqual([expect.closeTo(0.1), expect.closeTo(0.055)]);
    expect([...drawdowns([-0.1, 0.05, 0.2], false)]).toEqual([0.1, 0.05, 0]);
  });

  it('orders the tail measures: quantile, tail mean, entropic bound, worst', () => {
    const returns = Array.from({ length: 200 }, (_, t) => Math.sin(t * t) / 20);
    const losses = returns.map((r) => -r);
    const quantile = lossQuantile(losses);
    const tail = -conditionalValueAtRisk(returns);
    const bound = entropicValueAtRisk(returns);
    expect(quantile).toBeLessThan(tail);
    expect(tail).toBeLessThan(bound);
    expect(bound).toBeLessThan(Math.max(...losses));
    // The bound is least over the temperature: a slower search finds the same.
    let least = Infinity;
    for (let k = 1; k < 4000; k++) least = Math.min(least, entropicRisk(returns, k / 1e5));
    expect(bound).toBeLessThanOrEqual(least);
    expect(bound).toBeCloseTo(least, 7);
  });

  it('takes the worst value when it alone fills the tail', () => {
    expect(entropicValueAtRisk([0.01, -0.2, 0.03], 0.2)).toBe(0.2);
    expect(entropicValueAtRisk([0.01, 0.01], 0.5)).toBe(-0.01);
  });

  it('refuses a tail that is no probability and a loss of more than all', () => {
    expect(() => lossQuantile([1], 0)).toThrow(/Tail 0/);
    expect(() => entropicValueAtRisk([1], 1)).toThrow(/Tail 1/);
    expect(() => drawdowns([-1.2])).toThrow(/loses more than all/);
    expect(() => meanAbsoluteDeviation([])).toThrow(/at least 1/);
  });
});
