import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatDay,
  formatDuration,
  formatList,
  formatMinor,
  formatMoment,
  formatMoney,
  formatMonths,
  formatPercent,
  formatPoints,
  formatRatio,
  formatSignedPercent,
  formatUnits,
} from './format.ts';

test('money shows its currency, thousands and two decimals', () => {
  expect(formatMoney({ minor: 123_450n, currency: 'USD' })).toBe('$1,234.50');
  expect(formatMoney({ minor: -5n, currency: 'EUR' })).toBe('-€0.05');
  expect(formatMoney({ minor: 100_000_000_000n, currency: 'CHF' })).toBe('CHF 1,000,000,000.00');
  expect(formatMinor(0n)).toBe('$0.00');
  expect(formatMinor(-0.4)).toBe('$0.00');
  expect(formatMinor(149.5)).toBe('$1.50');
});

test('percentages round half away from zero and zero has no sign', () => {
  expect(formatPercent(0.1235)).toBe('12.4 %');
  expect(formatPercent(-0.1235)).toBe('-12.4 %');
  expect(formatPercent(-0.0004)).toBe('0.0 %');
  expect(formatPercent(0.0005)).toBe('0.1 %');
  expect(formatPercent(12.345)).toBe('1,234.5 %');
  expect(formatSignedPercent(0.3)).toBe('+30.0 %');
  expect(formatSignedPercent(-0.368)).toBe('-36.8 %');
  expect(formatSignedPercent(-0)).toBe('0.0 %');
  expect(formatPoints(0.06)).toBe('+6.0 points');
  expect(formatPoints(-0.0149)).toBe('-1.5 points');
  expect(formatRatio(-0.835)).toBe('-0.84');
});

test('days, moments and lengths of time are spelled out', () => {
  expect(formatDay(0)).toBe('1 January 1970');
  expect(formatDay(22_826)).toBe('30 June 2032');
  expect(formatDay(-1)).toBe('31 December 1969');
  expect(formatMoment(Date.UTC(2032, 5, 30, 14, 5))).toBe('30 June 2032, 14:05 UTC');
  expect(formatDuration(3 * 86_400_000)).toBe('3 days');
  expect(formatDuration(3_600_000)).toBe('1 hour');
  expect(formatDuration(10)).toBe('1 second');
  expect(formatMonths(90)).toBe('7 years and 6 months');
  expect(formatMonths(12)).toBe('1 year');
  expect(formatMonths(1)).toBe('1 month');
});

test('units drop idle zeros and lists read as a sentence', () => {
  expect(formatUnits(350_000_000n)).toBe('3.5');
  expect(formatUnits(120_000_000_000n)).toBe('1,200');
  expect(formatUnits(-1n)).toBe('-0.00000001');
  expect(formatUnits(0n)).toBe('0');
  expect(formatList(['SPY', 'AGG', 'GLD'])).toBe('SPY, AGG and GLD');
  expect(formatList(['SPY'])).toBe('SPY');
});

test('what is not a number is refused rather than shown', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => formatPercent(bad)).toThrow(RangeError);
    expect(() => formatMinor(bad)).toThrow(RangeError);
  }
});

test('every amount of cents is shown exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (minor) => {
      const plain = formatMinor(minor).replace(/[$,.]/g, '');
      return BigInt(plain) === minor;
    }),
  );
});

test('no finite fraction is shown with a minus sign on zero', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -10, max: 10 }), (fraction) => {
      expect(formatPercent(fraction)).not.toMatch(/^-0\.0 %$/);
      expect(formatPercent(fraction)).toMatch(/^-?[\d,]+\.\d %$/);
    }),
  );
});
