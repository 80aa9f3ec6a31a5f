import { describe, expect, it } from 'vitest';
import { instead, percent } from './percent.ts';

describe('a fraction in words', () => {
  it('has one decimal, and more where that says too little', () => {
    const known: readonly (readonly [number, string])[] = [
      [0, '0.0 %'],
      [0.6, '60.0 %'],
      [1, '100.0 %'],
      [0.123, '12.3 %'],
      [0.0993, '9.93 %'],
      [1 / 3, '33.33 %'],
      [1e-6, '0.0001 %'],
      [1.234e-9, '0.0000001234 %'],
      [-0.05, '-5.0 %'],
      [-1e-5, '-0.001 %'],
      [2.5, '250.0 %'],
    ];
    for (const [fraction, said] of known) expect(percent(fraction)).toBe(said);
  });

  it('moves a bound to the side that works, by as many digits as the move needs', () => {
    expect(instead('stocks', 0.2, 0.25)).toBe('25.0 % instead of 20.0 % for stocks');
    expect(instead('stocks', 0.2, 0.20331)).toBe('20.34 % instead of 20.0 % for stocks');
    expect(instead('stocks', 0.2, 0.19669)).toBe('19.66 % instead of 20.0 % for stocks');
    expect(instead('turnover', 1e-6, 3.21e-6)).toBe('0.00033 % instead of 0.0001 % for turnover');
    expect(instead('stocks', 0.2, 0.25 + 1e-15)).toBe('25.0 % instead of 20.0 % for stocks');
  });
});
