import { expect, test } from 'vitest';
import { readPercentField } from './percent.ts';

test('where a return is asked for, bare numbers and fractions count as well', () => {
  for (const text of ['7', '7%', '7 %', ' 7 percent a year ', '0.07', 'seven', '7,0']) {
    expect(readPercentField(text), text).toBe(0.07);
  }
  expect(readPercentField('6.25')).toBe(0.0625);
});

test('what is no percentage is null', () => {
  for (const text of ['', 'lots', '7k', '-3%', '7% and more', '1e309', 'NaN', '7.000']) {
    expect(readPercentField(text), text).toBeNull();
  }
});
