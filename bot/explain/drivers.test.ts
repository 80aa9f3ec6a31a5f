import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cause, Driver } from '../../engine/drivers/driver.ts';
import { CASH, catalogue } from '../catalogue.ts';
import { explainDrivers } from './drivers.ts';

const say = (...drivers: Driver[]) => explainDrivers(drivers).map((each) => each.text);

test('a binding class limit says its bound and what one more point would add', () => {
  const [text] = say({
    kind: 'binding-limit',
    binding: {
      limit: 'crypto',
      kind: 'at-most',
      bound: 0.05,
      shadowPrice: 0.04,
      shadowUnit: 'return',
    },
    returnPerPoint: 0.0004,
  });
  expect(text).toBe(
    'Crypto stands at the most allowed, 5.0 %; a point more would add about 0.04 % of expected return a year.',
  );
});

test('a lower limit says what a point less would add', () => {
  const [text] = say({
    kind: 'binding-limit',
    binding: {
      limit: 'cash',
      kind: 'at-least',
      bound: 0.03,
      shadowPrice: 0.05,
      shadowUnit: 'return',
    },
    returnPerPoint: 0.0005,
  });
  expect(text).toBe(
    'Cash stands at the least allowed, 3.0 %; a point less would add about 0.05 % of expected return a year.',
  );
});

test('a gain too small to show is no more than that, and not about it', () => {
  const [text] = say({
    kind: 'binding-limit',
    binding: {
      limit: 'crypto',
      kind: 'at-most',
      bound: 0.05,
      shadowPrice: 0.002,
      shadowUnit: 'return',
    },
    returnPerPoint: 0.00002,
  });
  expect(text).toContain('a point more would add less than 0.01 % of expected return a year.');
});

test('a volatility budget in use is called the risk limit', () => {
  const [text] = say({
    kind: 'binding-limit',
    binding: {
      limit: 'target volatility',
      kind: 'target-volatility',
      bound: 0.1,
      shadowPrice: 0.5,
      shadowUnit: 'return',
    },
    returnPerPoint: 0.005,
  });
  expect(text).toContain('Your risk limit of 10.0 % volatility a year is used in full');
});

test('a risk share uses the plural for plural names', () => {
  expect(say({ kind: 'risk-share', asset: 'SPY', weight: 0.35, share: 0.612 })).toEqual([
    'US large companies (SPY) are 35.0 % of the money and 61.2 % of the risk.',
  ]);
  expect(say({ kind: 'risk-share', asset: 'GLD', weight: 0.1, share: 0.05 })).toEqual([
    'Gold (GLD) is 10.0 % of the money and 5.0 % of the risk.',
  ]);
});

test('a change names the market move that caused it', () => {
  const texts = say(
    {
      kind: 'change',
      subject: 'bonds',
      from: 0.4,
      to: 0.46,
      causes: [
        { cause: 'volatility', contribution: 0.071 },
        { cause: 'expected-returns', contribution: -0.011 },
      ],
    },
    { kind: 'market-move', what: 'volatility', subject: 'stocks', from: 0.15, to: 0.195 },
  );
  expect(texts).toEqual([
    'The volatility of stocks rose by 30.0 % to 19.5 % a year, so bonds rise by 6.0 points, from 40.0 % to 46.0 % (changed volatility +7.1 points, changed expected returns -1.1 points).',
  ]);
});

test('a market move that pulled the other way is no reason', () => {
  const change = (to: number, contribution: number, subject: string): Driver => ({
    kind: 'change',
    subject,
    from: 0.4,
    to,
    causes: [{ cause: 'volatility', contribution }],
  });
  const rose: Driver = {
    kind: 'market-move',
    what: 'volatility',
    subject: 'stocks',
    from: 0.15,
    to: 0.195,
  };
  expect(say(change(0.35, -0.05, 'stocks'), rose)[0]).toMatch(/^The volatility of stocks rose/);
  expect(say(change(0.45, 0.05, 'bonds'), rose)[0]).toMatch(/^The volatility of stocks rose/);
  expect(say(change(0.45, 0.05, 'stocks'), rose)[0]).toMatch(/^Stocks rise/);
  expect(say(change(0.41, -0.05, 'bonds'), rose)[0]).toMatch(/^Bonds rise/);
  expect(say(change(0.35, -0.05, 'bonds'), rose)[0]).toMatch(/^Bonds fall/);
});

test('falling is said as falling', () => {
  const [text] = say({
    kind: 'change',
    subject: 'crypto',
    from: 0.05,
    to: 0.02,
    causes: [{ cause: 'policy', contribution: -0.03 }],
  });
  expect(text).toBe(
    'Crypto falls by 3.0 points, from 5.0 % to 2.0 % (your new risk profile -3.0 points).',
  );
});

const subject = fc.constantFrom(...catalogue.map((each) => each.symbol), CASH, 'bonds', 'stocks');
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const causes: Cause[] = [
  'volatility',
  'correlation',
  'expected-returns',
  'policy',
  'goal',
  'holdings',
];
const anyDriver: fc.Arbitrary<Driver> = fc.oneof(
  fc.record({
    kind: fc.constant('risk-share' as const),
    asset: subject,
    weight: fraction,
    share: fraction,
  }),
  fc.record({
    kind: fc.constant('change' as const),
    subject,
    from: fraction,
    to: fraction,
    causes: fc.uniqueArray(
      fc.record({
        cause: fc.constantFrom(...causes),
        contribution: fc.double({ min: -1, max: 1, noNaN: true }),
      }),
      { selector: (each) => each.cause, maxLength: 6 },
    ),
  }),
  fc.record({
    kind: fc.constant('market-move' as const),
    what: fc.constantFrom('volatility' as const, 'expected-return' as const),
    subject,
    from: fc.double({ min: 0.01, max: 1, noNaN: true }),
    to: fc.double({ min: 0.01, max: 1, noNaN: true }),
  }),
);

test('every sentence is whole: capital, full stop, no gaps, no unfilled or unsaid value', () => {
  fc.assert(
    fc.property(fc.array(anyDriver, { minLength: 1, maxLength: 5 }), (drivers) => {
      for (const { text, template, facts } of explainDrivers(drivers)) {
        expect(text).toMatch(/^[A-Z][^{}]*\.$/);
        expect(text).not.toMatch(/ {2}|undefined|NaN|null|-0\.0 /);
        for (const fact of facts) expect(template).toContain(`{{fact:${fact.id}}}`);
        expect(template).not.toMatch(/\d/);
      }
    }),
    { seed: 20261123, numRuns: 500 },
  );
});

test('the sign in a sentence is the sign of the number', () => {
  fc.assert(
    fc.property(fraction, fraction, (from, to) => {
      const [text] = say({ kind: 'change', subject: 'bonds', from, to, causes: [] });
      expect(text.includes(' rise ')).toBe(to >= from);
    }),
    { seed: 20261123 },
  );
});
