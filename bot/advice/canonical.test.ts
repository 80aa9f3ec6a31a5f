import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, fromCanonical, sha256 } from './canonical.ts';

test('doubles, infinities, minus zero and typed arrays survive bit for bit', () => {
  fc.assert(
    fc.property(fc.float64Array({ noNaN: true }), (values) => {
      const back = fromCanonical(canonical({ values })) as { values: Float64Array };
      expect(Object.is(back.values.constructor, Float64Array)).toBe(true);
      expect(back.values.length).toBe(values.length);
      values.forEach((value, i) => {
        expect(Object.is(back.values[i], value)).toBe(true);
      });
    }),
    { seed: 20261123 },
  );
});

test('the same value has the same bytes however its keys were ordered', () => {
  expect(canonical({ b: 1, a: [true, null, 'x'] })).toBe(canonical({ a: [true, null, 'x'], b: 1 }));
});

test('NaN and functions are refused, not written as null', () => {
  expect(() => canonical({ x: Number.NaN })).toThrow('NaN');
  expect(() => canonical({ x: () => 1 })).toThrow('function');
});

test('a hash is the published SHA-256', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
