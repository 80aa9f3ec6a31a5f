import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../bot/errors.ts';
import type { Person, Store } from '../../bot/store.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshStore } from '../../fakes/store.ts';
import {
  entryOf,
  fillOf,
  orderOf,
  proposalOf,
  recommendationOf,
  resolve,
} from '../../fakes/store-samples.ts';

afterAll(stopTestPostgres);

describe.each(['pglite', 'postgres'] as const)('advice and trades on %s', (kind) => {
  let store: Store;
  let anna: Person;
  let bert: Person;
  let turn = 0;
  /** Ids of their own for every test: they are unique in the whole database. */
  const id = (name: string) => `${name}-${turn}`;
  beforeAll(async () => {
    store = await freshStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    const here = `installation-${++turn}`;
    [anna, bert] = [await resolve(store, 'anna', here), await resolve(store, 'bert', here)];
  });

  const proposed = async (name = 'p1') => {
    const proposal = proposalOf(anna, id(name), id(`r-${name}`));
    await store.transact(async (tx) => {
      await tx.recommendations.put(recommendationOf(anna, id(`r-${name}`)));
      await tx.proposals.insert(proposal);
    });
    return proposal;
  };

  it('sums the ledger exactly, beyond what a float can hold', async () => {
    const large = 9_007_199_254_740_993n;
    await store.transact((tx) =>
      tx.ledger.append(anna, [
        entryOf('a', { cashMinor: large }),
        entryOf('b', { asset: 'SPY', units: large, costMinor: 100n }),
        entryOf('c', { asset: 'SPY', units: 1n, costMinor: 1n, cashMinor: -1n }),
        entryOf('d', { asset: 'BTC', units: 5n }),
        entryOf('e', { asset: 'BTC', units: -5n }),
      ]),
    );
    expect(await store.read.ledger.holdings(anna)).toEqual({
      cash: { minor: large - 1n, currency: 'USD' },
      positions: [{ asset: 'SPY', units: large + 1n, costMinor: 101n }],
      version: 5,
    });
    expect((await store.read.ledger.entries(anna)).map((entry) => entry.id)).toEqual([
      ...['a', 'b', 'c', 'd', 'e'],
    ]);
    expect(await store.read.ledger.holdings(bert)).toEqual({
      cash: { minor: 0n, currency: 'USD' },
      positions: [],
      version: 0,
    });
  });

  it('writes a ledger entry once, however often it arrives', async () => {
    const entry = entryOf('a', { cashMinor: 100n });
    await store.transact((tx) => tx.ledger.append(anna, [entry, entry], 0));
    await store.transact((tx) => tx.ledger.append(anna, [entry], 0));
    expect(await store.read.ledger.holdings(anna)).toMatchObject({
      cash: { minor: 100n },
      version: 1,
    });
  });

  it('refuses a ledger commit on holdings that have moved on', async () => {
    await store.transact((tx) => tx.ledger.append(anna, [entryOf('a')], 0));
    const late = store.transact((tx) => tx.ledger.append(anna, [entryOf('b')], 0));
    await expect(late).rejects.toBeInstanceOf(Conflict);
  });

  it('refuses a second currency in one ledger', async () => {
    await store.transact((tx) => tx.ledger.append(anna, [entryOf('a')]));
    const mixed = store.transact((tx) =>
      tx.ledger.append(anna, [entryOf('b', { currency: 'EUR' })]),
    );
    await expect(mixed).rejects.toThrow('USD and EUR');
  });

  it('gives recommendations back bit for bit, newest first', async () => {
    const [older, newer] = [
      recommendationOf(anna, id('r1'), 1),
      recommendationOf(anna, id('r2'), 2),
    ];
    await store.transact(async (tx) => {
      await tx.recommendations.put(older);
      await tx.recommendations.put(newer);
    });
    expect(await store.read.recommendations.get(anna, id('r1'))).toEqual(older);
    expect(await store.read.recommendations.list(anna, 9)).toEqual([newer, older]);
    expect(await store.read.recommendations.list(anna, 1)).toEqual([newer]);
    expect(await store.read.recommendations.all(anna.workspace)).toEqual([older, newer]);
    expect(await store.read.recommendations.get(bert, id('r1'))).toBeNull();
  });

  it('stores the same bytes under their hash once', async () => {
    const body = new Uint8Array([0, 255, 128, 10, 13, 0]);
    for (let turn = 0; turn < 2; turn++)
      await store.transact((tx) => tx.artifacts.put(id('h'), body));
    const stored = await store.read.artifacts.get(id('h'));
    expect(stored).toEqual(body);
    expect(stored?.constructor).toBe(Uint8Array);
    expect(await store.read.artifacts.get('other')).toBeNull();
  });

  it('moves a proposal on from exactly the version before', async () => {
    const proposal = await proposed();
    expect(await store.read.proposals.get(anna, id('p1'))).toEqual(proposal);
    expect(await store.read.proposals.get(bert, id('p1'))).toBeNull();
    const confirmed = { ...proposal, version: 1, state: 'confirmed' as const, confirmedBy: 'anna' };
    await store.transact((tx) => tx.proposals.update(confirmed));
    expect(await store.read.proposals.get(anna, id('p1'))).toEqual(confirmed);
    expect(await store.read.proposals.unfinished()).toContainEqual(confirmed);
    const again = store.transact((tx) => tx.proposals.update(confirmed));
    await expect(again).rejects.toBeInstanceOf(Conflict);
    const altered = { ...confirmed, version: 2, hash: 'd'.repeat(64) };
    const cheat = store.transact((tx) => tx.proposals.update(altered));
    await expect(cheat).rejects.toMatchObject({ code: 'refused' });
  });

  it('supersedes what is still open and nothing else', async () => {
    const [open, running] = [await proposed('p1'), await proposed('p2')];
    await store.transact(async (tx) => {
      await tx.proposals.update({ ...running, version: 1, state: 'confirmed' });
      await tx.proposals.supersedeOpen(anna, 5_000);
    });
    const states = (await store.read.proposals.list(anna, 9)).map((one) => [one.id, one.state]);
    expect(Object.fromEntries(states)).toEqual({
      [open.id]: 'superseded',
      [running.id]: 'confirmed',
    });
    const late = store.transact((tx) => tx.proposals.update({ ...open, version: 1 }));
    await expect(late).rejects.toBeInstanceOf(Conflict);
  });

  it('refuses a proposal that rests on another person’s recommendation', async () => {
    await store.transact((tx) => tx.recommendations.put(recommendationOf(anna, id('r1'))));
    const stolen = store.transact((tx) =>
      tx.proposals.insert(proposalOf(bert, id('p1'), id('r1'))),
    );
    await expect(stolen).rejects.toThrow('proposals_recommendation_fk');
  });

  it('writes an order and its fills once', async () => {
    const order = orderOf(await proposed(), 1);
    const [first, second] = [fillOf(order, 'f1', 5n), fillOf(order, 'f2', 6n)];
    await store.transact(async (tx) => {
      await tx.orders.prepare(order);
      await tx.orders.prepare({ ...order, units: 1n });
    });
    expect(await store.read.orders.of(anna, id('p1'))).toEqual([order]);
    expect(await store.transact((tx) => tx.orders.addFills(anna, [first]))).toEqual([first]);
    expect(await store.transact((tx) => tx.orders.addFills(anna, [first, second]))).toEqual([
      second,
    ]);
    expect(await store.read.orders.fills(anna, id('p1'))).toEqual([first, second]);
    expect(await store.read.orders.fills(bert, id('p1'))).toEqual([]);
    expect(await store.read.orders.of(bert, id('p1'))).toEqual([]);
  });

  it('never takes back what an order has already told', async () => {
    const order = orderOf(await proposed(), 0);
    const filled = { ...order, state: 'filled' as const, filledUnits: order.units };
    await store.transact(async (tx) => {
      await tx.orders.prepare(order);
      await tx.orders.update(filled);
      await tx.orders.update(filled);
    });
    const late = store.transact((tx) => tx.orders.update({ ...order, state: 'accepted' }));
    await expect(late).rejects.toBeInstanceOf(Conflict);
    expect(await store.read.orders.of(anna, id('p1'))).toEqual([filled]);
  });

  it('tells the newest advice and proposal by when they came, whatever the clock said', async () => {
    await store.transact((tx) => tx.recommendations.put(recommendationOf(anna, id('r9'), 9_000)));
    await store.transact((tx) =>
      tx.proposals.insert({ ...proposalOf(anna, id('p9'), id('r9')), createdAt: 9_000 }),
    );
    // The clock is set back.
    await store.transact((tx) => tx.recommendations.put(recommendationOf(anna, id('r2'), 2_000)));
    await store.transact((tx) =>
      tx.proposals.insert({ ...proposalOf(anna, id('p2'), id('r2')), createdAt: 2_000 }),
    );
    expect((await store.read.recommendations.list(anna, 1))[0].id).toBe(id('r2'));
    expect((await store.read.proposals.list(anna, 1))[0].id).toBe(id('p2'));
  });

  it('owes a transfer until it is done', async () => {
    const transfer = {
      ...{ workspace: anna.workspace, person: anna.person, id: id('t1'), asset: null },
      ...{ units: 0n, cashMinor: 400_000n, currency: 'USD' },
    };
    for (let turn = 0; turn < 2; turn++) await store.transact((tx) => tx.transfers.owe(transfer));
    expect(await store.read.transfers.pending(9)).toEqual([transfer]);
    expect(await store.read.transfers.pending(9, anna)).toEqual([transfer]);
    expect(await store.read.transfers.pending(9, bert)).toEqual([]);
    await store.transact((tx) => tx.transfers.done(id('t1'), 4_000));
    expect(await store.read.transfers.pending(9)).toEqual([]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -1])('refuses a price of %s', async (price) => {
    const proposal = proposalOf(anna, id('p1'), id('r1'));
    const legs = [{ ...proposal.legs[0], price }];
    const bad = store.transact(async (tx) => {
      await tx.recommendations.put(recommendationOf(anna, id('r1')));
      await tx.proposals.insert({ ...proposal, legs });
    });
    await expect(bad).rejects.toThrow('proposal_legs_price_check');
    const order = orderOf(await proposed('p2'), 0);
    const badFill = store.transact(async (tx) => {
      await tx.orders.prepare(order);
      await tx.orders.addFills(anna, [{ ...fillOf(order, 'f'), price }]);
    });
    await expect(badFill).rejects.toThrow('fills_price_check');
  });
});
