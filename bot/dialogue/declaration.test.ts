import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { market, NOW } from '../../fakes/holdings-talk.ts';
import { declaration } from './declaration.ts';

describe('a declaration', () => {
  const scope = { workspace: 'w1', person: 'p1' };
  const cents = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const count = fc.bigInt({ min: 0n, max: 10n ** 12n });

  test('makes the ledger equal what was declared, to the unit and the cent', () => {
    fc.assert(
      fc.property(count, count, count, cents, cents, (spy, agg, before, cash, after) => {
        const held = before > 0n ? [{ asset: 'SPY', units: before, costMinor: before / 3n }] : [];
        const present = { cash: { minor: cash, currency: 'USD' }, positions: held, version: 7 };
        const units = new Map(
          Object.entries({ SPY: spy, AGG: agg }).filter(([, value]) => value > 0n),
        );
        const { entries, transfers } = declaration(
          scope,
          present,
          { cashMinor: after, units },
          market.quotes,
          NOW,
        );
        const sum = (asset: string) =>
          entries.reduce((total, each) => total + (each.asset === asset ? each.units : 0n), 0n);
        expect(sum('SPY') + before).toBe(spy);
        expect(sum('AGG')).toBe(agg);
        expect(entries.reduce((total, each) => total + each.cashMinor, cash)).toBe(after);
        const cost = entries.find(({ asset }) => asset === 'SPY')?.costMinor ?? 0n;
        if (spy === 0n && before > 0n) expect(cost).toBe(-(before / 3n));
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
        expect(transfers.length).toBe(entries.length);
      }),
    );
  });

  test('has the same ids when it is made twice, and others from the next version on', () => {
    const present = { cash: { minor: 0n, currency: 'USD' }, positions: [], version: 3 };
    const wanted = { cashMinor: 5n, units: new Map([['SPY', 100n]]) };
    const ids = (version: number) =>
      declaration(scope, { ...present, version }, wanted, market.quotes, NOW).entries.map(
        ({ id }) => id,
      );
    expect(ids(3)).toEqual(ids(3));
    expect(ids(4).some((id) => ids(3).includes(id))).toBe(false);
  });
});
