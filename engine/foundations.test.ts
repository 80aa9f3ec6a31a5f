import { describe, expect, it } from 'vitest';
import { civilDate, dayNumber } from './calendar.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { columnOf, past, pricePanel, pricesOf, rowOnOrBefore } from './panel.ts';
import { randomSource } from './random.ts';
import { rootBetween } from './root.ts';

describe('the seeded generator', () => {
  it('repeats itself for a seed and differs for another', () => {
    const draw = (seed: number) => {
      const random = randomSource(seed);
      return Array.from({ length: 5 }, () => random.uniform());
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('has the moments of a standard normal', () => {
    const random = randomSource(42);
    const n = 200_000;
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      for (let k = 0; k < 4; k++) sums[k] += x ** (k + 1);
    }
    expect(Math.abs(sums[0] / n)).toBeLessThan(0.01);
    expect(Math.abs(sums[1] / n - 1)).toBeLessThan(0.02);
    expect(Math.abs(sums[2] / n)).toBeLessThan(0.03);
    expect(Math.abs(sums[3] / n - 3)).toBeLessThan(0.1);
  });

  it('stays inside its range', () => {
    const random = randomSource(9);
    for (let i = 0; i < 10_000; i++) {
      const u = random.uniform();
      expect(u >= 0 && u < 1).toBe(true);
      expect(random.integer(7)).toBeLessThan(7);
    }
  });
});

describe('the normal distribution', () => {
  it('meets tabulated values', () => {
    expect(normalCdf(0)).toBeCloseTo(0.5, 15);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-8) / 6.22096057427178e-16).toBeCloseTo(1, 6);
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 13);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 8);
  });

  it('inverts itself', () => {
    for (let p = 0.001; p < 1; p += 0.001) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13);
  });
});

describe('the calendar', () => {
  it('agrees with known days and inverts itself over four centuries', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0);
    expect(dayNumber(2000, 3, 1)).toBe(11_017);
    expect(civilDate(dayNumber(2024, 2, 29))).toEqual({ year: 2024, month: 2, day: 29 });
    for (let day = -60_000; day < 90_000; day += 13) {
      const { year, month, day: ofMonth } = civilDate(day);
      expect(dayNumber(year, month, ofMonth)).toBe(day);
    }
  });
});

describe('bisection', () => {
  it('finds a root to the last bit and refuses a bracket without one', () => {
    expect(rootBetween((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(() => rootBetween((x) => x * x + 1, -1, 1)).toThrow(/sign change/);
  });
});

describe('the panel', () => {
  const panel = pricePanel(
    ['A', 'B'],
    Int32Array.of(10, 11, 14),
    Float64Array.of(1, Number.NaN, 2, Number.NaN, 3, 9),
  );

  it('does not tell the past when an asset will be listed', () => {
    expect([...past(panel, 1).firstRow]).toEqual([0, 1]);
    expect([...past(panel, 2).firstRow]).toEqual([0, 2]);
    expect([...past(panel, 3).firstRow]).toEqual([0, 2]);
  });

  it('finds rows by day and prices by asset', () => {
    expect(rowOnOrBefore(panel, 9)).toBe(-1);
    expect(rowOnOrBefore(panel, 13)).toBe(1);
    expect(rowOnOrBefore(panel, 99)).toBe(2);
    expect([...pricesOf(panel, 'B')]).toEqual([9]);
    expect(() => columnOf(panel, 'C')).toThrow(/not in the panel/);
  });

  it('refuses a hole after the first price, naming asset and day', () => {
    expect(() =>
      pricePanel(['A'], Int32Array.of(1, 2, 3), Float64Array.of(1, Number.NaN, 3)),
    ).toThrow(/A has price NaN on day 2/);
  });
});
