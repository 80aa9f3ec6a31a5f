import { expect, test } from 'vitest';
import { randomSource } from '../random.ts';
import { volatilityError } from './volatility-error.ts';

test('the error matches the spread of volatilities over many simulated histories', () => {
  const random = randomSource(7);
  const weights = Float64Array.of(0.6, 0.4);
  const rows = 500;
  const found: number[] = [];
  let claimed = 0;
  for (let k = 0; k < 400; k++) {
    const returns = Float64Array.from({ length: rows * 2 }, () => 0.01 * random.normal());
    let square = 0;
    for (let t = 0; t < rows; t++) square += (0.6 * returns[2 * t] + 0.4 * returns[2 * t + 1]) ** 2;
    found.push(Math.sqrt((square / rows) * 252));
    claimed += volatilityError(weights, returns) / 400;
  }
  const mean = found.reduce((sum, v) => sum + v, 0) / found.length;
  const spread = Math.sqrt(found.reduce((sum, v) => sum + (v - mean) ** 2, 0) / found.length);
  expect(claimed / spread).toBeGreaterThan(0.9);
  expect(claimed / spread).toBeLessThan(1.1);
});

test('cash alone has no volatility and no error in it', () => {
  expect(volatilityError(Float64Array.of(0), new Float64Array(10))).toBe(0);
});

test('sizes that do not fit are refused', () => {
  expect(() => volatilityError(Float64Array.of(1, 0), new Float64Array(5))).toThrow('do not fit');
});
