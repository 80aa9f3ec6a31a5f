import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assetOf, CASH } from '../catalogue.ts';
import { Refusal } from '../errors.ts';
import { toUnits } from '../money.ts';
import { costsOf } from './costs.ts';
import { amountMinor, fillTerms } from './fill.ts';
import type { ProposeInput } from './propose.ts';
import { cashOf, propose } from './propose.ts';

const DAY = 86_400_000;
const today = 20_000;
const quote = (asset: string, price: number, day = today) => ({
  asset,
  price,
  day,
  source: 'test',
});
const quotes = new Map(
  [
    quote('SPY', 412.37),
    quote('AGG', 98.11),
    quote('GLD', 231.905),
    quote('BTC-USD', 64_123.99),
  ].map((each) => [each.asset, each]),
);

const input: ProposeInput = {
  targetWeights: new Map([
    ['SPY', 0.6],
    ['AGG', 0.3],
    ['BTC-USD', 0.05],
    [CASH, 0.05],
  ]),
  holdings: {
    cash: { minor: 400_000n, currency: 'USD' },
    positions: [
      { asset: 'AGG', units: toUnits(100), costMinor: 0n },
      { asset: 'GLD', units: toUnits(3.25), costMinor: 0n },
    ],
    version: 1,
  },
  quotes,
  policy: { maxPriceAgeDays: 5, minimumTradeMinor: 25_00 },
  costsOf,
  now: today * DAY + 1,
};

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no refusal';
};

test('the plan sells first, sells out what has no place, and ends near the target', () => {
  const plan = propose(input);
  expect(plan.legs.map((leg) => `${leg.index} ${leg.side} ${leg.asset}`)).toEqual([
    '0 sell AGG',
    '1 sell GLD',
    '2 buy SPY',
    '3 buy BTC-USD',
  ]);
  expect(plan.legs[1].units).toBe(toUnits(3.25));
  expect(plan.valueMinor).toBe(400_000n + 981_100n + 75_369n);
  const spy = plan.legs[2];
  expect(Number(spy.amount.minor) / Number(plan.valueMinor)).toBeCloseTo(0.6, 2);
  // Targets are shares of what is left after costs.
  const left = plan.valueMinor - plan.costMinor;
  expect(plan.cashAfterMinor >= ((left - 5n) * 5n) / 100n).toBe(true);
  expect(plan.costMinor).toBe(plan.legs.reduce((sum, leg) => sum + leg.cost.minor, 0n));
});

test('a price that is too old blocks the proposal and its age is said', () => {
  const old = new Map(quotes).set('SPY', quote('SPY', 412.37, today - 6));
  const said = codeOf(() => propose({ ...input, quotes: old }));
  expect(said).toContain('stale-price');
  expect(said).toContain('The last price of SPY is from');
  expect(said).toContain('6 days ago');
  expect(
    propose({ ...input, quotes: new Map(quotes).set('SPY', quote('SPY', 1, today - 5)) }).pricedOn,
  ).toBe(today - 5);
});

test('a missing, NaN, zero, negative or infinite price of anything held blocks trading', () => {
  for (const bad of [Number.NaN, 0, -1, Number.POSITIVE_INFINITY]) {
    const damaged = new Map(quotes).set('GLD', quote('GLD', bad));
    expect(codeOf(() => propose({ ...input, quotes: damaged }))).toContain(
      'missing-price: I have no usable price of GLD',
    );
  }
  const gone = new Map(quotes);
  gone.delete('GLD');
  expect(codeOf(() => propose({ ...input, quotes: gone }))).toContain('missing-price');
});

test('an unknown currency blocks trading', () => {
  const euros = { ...input.holdings, cash: { minor: 1n, currency: 'EUR' } };
  expect(codeOf(() => propose({ ...input, holdings: euros }))).toContain(
    'unknown-currency: Your cash is in EUR',
  );
  const odd = { ...input.holdings, positions: [{ asset: 'XYZ', units: 1n, costMinor: 0n }] };
  expect(codeOf(() => propose({ ...input, holdings: odd }))).toContain(
    'I do not know the currency of XYZ',
  );
});

test('whatever is held and wanted, the cash after every cost is never negative', () => {
  const assets = ['SPY', 'AGG', 'GLD', 'BTC-USD'];
  const arbitrary = fc.record({
    cash: fc.bigInt(0n, 10_000_000_00n),
    units: fc.array(fc.bigInt(0n, 500_000_000_000n), { minLength: 4, maxLength: 4 }),
    raw: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
    prices: fc.array(fc.double({ min: 0.01, max: 90_000, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    }),
  });
  fc.assert(
    fc.property(arbitrary, ({ cash, units, raw, prices }) => {
      const sum = raw.reduce((a, b) => a + b, 0);
      fc.pre(sum > 0);
      const weights = new Map([...assets, CASH].map((asset, i) => [asset, raw[i] / sum]));
      const positions = assets
        .map((asset, i) => ({ asset, units: units[i], costMinor: 0n }))
        .filter((each) => each.units > 0n);
      const plan = propose({
        ...input,
        targetWeights: weights,
        holdings: { cash: { minor: cash, currency: 'USD' }, positions, version: 1 },
        quotes: new Map(assets.map((asset, i) => [asset, quote(asset, prices[i])])),
      });
      expect(plan.cashAfterMinor).toBe(cash + cashOf(plan.legs));
      expect(plan.cashAfterMinor >= 0n).toBe(true);
      const sides = plan.legs.map((leg) => leg.side).join(' ');
      expect(sides).toMatch(/^(sell ?)*(buy ?)*$/);
      for (const leg of plan.legs) {
        expect(leg.units > 0n).toBe(true);
        const owned = units[assets.indexOf(leg.asset)];
        if (leg.side === 'sell') expect(leg.units <= owned).toBe(true);
        else expect(leg.units % toUnits(assetOf(leg.asset)!.unitStep)).toBe(0n);
      }
    }),
  );
});

test('at target weights nothing is proposed', () => {
  const plan = propose(input);
  const after = new Map(input.holdings.positions.map((each) => [each.asset, each.units]));
  for (const leg of plan.legs) {
    const before = after.get(leg.asset) ?? 0n;
    after.set(leg.asset, leg.side === 'buy' ? before + leg.units : before - leg.units);
  }
  const positions = [...after]
    .filter(([, units]) => units > 0n)
    .map(([asset, units]) => ({ asset, units, costMinor: 0n }));
  const again = propose({
    ...input,
    holdings: { cash: { minor: plan.cashAfterMinor, currency: 'USD' }, positions, version: 2 },
  });
  expect(again.legs).toEqual([]);
});

test('amounts are exact where floating point is not', () => {
  expect(amountMinor(1n, 0.01)).toBe(0n);
  expect(amountMinor(100_000_000n, 1.005)).toBe(101n);
  expect(amountMinor(123_456_789_012_345_678n, 64_123.99)).toBe(7_916_541_904_059_764n);
});

test('a buyer pays more than the quote and a seller gets less', () => {
  const costs = { commissionBps: 1, halfSpreadBps: 1, slippageBps: 4 };
  const buy = fillTerms('buy', toUnits(10), 100, costs);
  expect(buy).toEqual({
    price: 100.05,
    amountMinor: 100_050n,
    commissionMinor: 11n,
    costMinor: 61n,
  });
  const sell = fillTerms('sell', toUnits(10), 100, costs);
  expect(sell).toEqual({
    price: 99.95,
    amountMinor: 99_950n,
    commissionMinor: 10n,
    costMinor: 60n,
  });
});
