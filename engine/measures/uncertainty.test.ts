import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portfolioReturnError } from '../drivers/return-error.ts';
import { randomSource } from '../random.ts';
import {
  bootstrapAnnualReturn,
  conditionalValueAtRisk,
  maxDrawdown,
  sharpe,
  sharpeInterval,
  valueAtRisk,
  xirr,
} from './index.ts';
import { normalInterval } from './interval.ts';
import { mean, standardDeviation } from './mean.ts';

function normalReturns(seed: number, count: number, mean: number, deviation: number): number[] {
  const random = randomSource(seed);
  return Array.from({ length: count }, () => mean + deviation * random.normal());
}

describe('uncertainty of measures', () => {
  it('covers the true mean in about 90 of 100 histories, by the interval that people are shown', () => {
    let covered = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const returns = normalReturns(seed, 504, 0.0004, 0.01);
      const variance = standardDeviation(returns) ** 2 * 252;
      const error = portfolioReturnError(Float64Array.of(1), Float64Array.of(variance), 504 / 252);
      const { low, high } = normalInterval(mean(returns) * 252, error, 0.9);
      if (low <= 0.1008 && 0.1008 <= high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.86);
    expect(covered / 400).toBeLessThan(0.94);
  });

  it("gives the standard error of the Sharpe ratio by Lo's formula for independent returns", () => {
    const returns = normalReturns(7, 390, 0, 1);
    const ratio = sharpe(returns, 1);
    const interval = sharpeInterval(returns, 12);
    expect(interval.standardError).toBeCloseTo(Math.sqrt(((1 + ratio ** 2 / 2) / 390) * 12), 12);
    expect(interval.estimate).toBeCloseTo(ratio * Math.sqrt(12), 12);
  });

  it('gives the same bootstrap interval for the same seed and brackets the estimate', () => {
    const returns = normalReturns(3, 1_000, 0.0004, 0.01);
    const settings = { seed: 11, resamples: 500, meanBlock: 20, level: 0.9 };
    const once = bootstrapAnnualReturn(returns, 252, settings);
    expect(bootstrapAnnualReturn(returns, 252, settings)).toEqual(once);
    expect(bootstrapAnnualReturn(returns, 252, { ...settings, seed: 12 }).low).not.toBe(once.low);
    expect(once.low).toBeLessThan(once.estimate);
    expect(once.high).toBeGreaterThan(once.estimate);
    // Independent returns: the bootstrap agrees with the textbook error of about 8 points.
    expect(once.standardError).toBeGreaterThan(0.06);
    expect(once.standardError).toBeLessThan(0.12);
  });
});

describe('tail measures', () => {
  it('takes part of an observation when the tail is not a whole number of them', () => {
    const returns = [-0.1, -0.04, 0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07];
    expect(conditionalValueAtRisk(returns, 0.1)).toBeCloseTo(-0.1, 15);
    expect(conditionalValueAtRisk(returns, 0.15)).toBeCloseTo((-0.1 - 0.02) / 1.5, 15);
    expect(conditionalValueAtRisk(returns, 1)).toBeCloseTo(0.014, 15);
    // Less than one observation in the tail is the worst one.
    expect(conditionalValueAtRisk(returns, 0.01)).toBeCloseTo(-0.1, 15);
  });

  it('is never better than value at risk of the same tail', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (returns, tail) => {
          expect(conditionalValueAtRisk(returns, tail)).toBeLessThanOrEqual(
            valueAtRisk(returns, tail) + 1e-12,
          );
        },
      ),
      { seed: 20_260_501 },
    );
  });

  it('says where the deepest fall began, ended and was made good', () => {
    expect(maxDrawdown([100, 120, 90, 110, 125, 100, 124])).toEqual({
      depth: -0.25,
      peakRow: 1,
      troughRow: 2,
      recoveryRow: 4,
    });
    expect(maxDrawdown([100, 120, 60, 90]).recoveryRow).toBeNull();
    expect(maxDrawdown([1, 2, 3])).toEqual({ depth: 0, peakRow: 0, troughRow: 0, recoveryRow: 0 });
  });
});

describe('xirr', () => {
  it('refuses flows of one sign', () => {
    expect(() =>
      xirr([
        { day: 0, amount: -1 },
        { day: 9, amount: -1 },
      ]),
    ).toThrow(/both in and out/);
  });

  it('finds the rate that was used to make the flows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.95, max: 5, noNaN: true }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3_650 }), fc.integer({ min: 1, max: 1e6 })), {
          minLength: 1,
          maxLength: 12,
        }),
        (rate, deposits) => {
          const last = 3_700;
          const flows = deposits.map(([day, amount]) => ({ day, amount: -amount }));
          const end = deposits.reduce(
            (sum, [day, amount]) => sum + amount * (1 + rate) ** ((last - day) / 365),
            0,
          );
          expect(xirr([...flows, { day: last, amount: end }])).toBeCloseTo(rate, 7);
        },
      ),
      { seed: 20_260_501 },
    );
  });
});
