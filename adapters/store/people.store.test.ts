import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../bot/errors.ts';
import type { Store } from '../../bot/store.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshStore } from '../../fakes/store.ts';
import { resolve, sourceOf } from '../../fakes/store-samples.ts';

afterAll(stopTestPostgres);

describe.each(['pglite', 'postgres'] as const)('people on %s', (kind) => {
  let store: Store;
  let [turn, here] = [0, ''];
  beforeAll(async () => {
    store = await freshStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(() => {
    here = `installation-${++turn}`;
  });

  it('makes a person once and finds them again by their account', async () => {
    expect(await store.read.people.byIdentity(sourceOf('anna', here))).toBeNull();
    const anna = await resolve(store, 'anna', here);
    expect(await resolve(store, 'anna', here)).toEqual(anna);
    expect(await store.read.people.byIdentity(sourceOf('anna', here))).toEqual(anna);
    expect(await store.read.people.get(anna)).toEqual(anna);
    expect(anna).toMatchObject({ locale: 'en-GB', consentedAt: null, createdAt: 1_000 });
    expect(anna.pseudonym).toMatch(/^person-[0-9a-f]{16}$/);
  });

  it('makes one person of two first messages that arrive at once', async () => {
    const both = await Promise.all([resolve(store, 'anna', here), resolve(store, 'anna', here)]);
    expect(both[0]).toEqual(both[1]);
  });

  it('gives one installation one workspace, and another installation another', async () => {
    const [anna, bert, carl] = [
      await resolve(store, 'anna', here),
      await resolve(store, 'bert', here),
      await resolve(store, 'anna', `not ${here}`),
    ];
    expect(bert.workspace).toBe(anna.workspace);
    expect(carl.workspace).not.toBe(anna.workspace);
    expect(carl.person).not.toBe(anna.person);
  });

  it('says that a person who is not there is gone', async () => {
    const anna = await resolve(store, 'anna', here);
    const stranger = { workspace: anna.workspace, person: 'nobody' };
    await expect(store.read.people.get(stranger)).rejects.toMatchObject({ code: 'gone' });
  });

  it('keeps when the disclosure was agreed to', async () => {
    const anna = await resolve(store, 'anna', here);
    await store.transact((tx) => tx.people.consent(anna, '2026-11', 5_000));
    expect(await store.read.people.get(anna)).toMatchObject({
      consentedAt: 5_000,
      disclosureVersion: '2026-11',
    });
  });

  it('commits a dialogue only on the version that was read', async () => {
    const anna = await resolve(store, 'anna', here);
    const at = (state: unknown, version: number) =>
      store.transact((tx) => tx.dialogues.put(anna, 'c', state, version));
    expect(await store.read.dialogues.get(anna, 'c')).toEqual({ state: null, version: 0 });
    await at({ kind: 'goal' }, 0);
    expect(await store.read.dialogues.get(anna, 'c')).toEqual({
      state: { kind: 'goal' },
      version: 1,
    });
    await expect(at({ kind: 'late' }, 0)).rejects.toBeInstanceOf(Conflict);
    await at(null, 1);
    await expect(at(null, 1)).rejects.toBeInstanceOf(Conflict);
    expect(await store.read.dialogues.get(anna, 'c')).toEqual({ state: null, version: 2 });
    expect(await store.read.dialogues.get(anna, 'other')).toEqual({ state: null, version: 0 });
  });

  it('numbers answers, goals and wishes and gives the newest', async () => {
    const anna = await resolve(store, 'anna', here);
    expect(await store.read.answers.current(anna)).toBeNull();
    expect(await store.read.goals.current(anna)).toBeNull();
    for (const horizon of ['short', 'long'])
      await store.transact((tx) => tx.answers.put(anna, 'v1', { horizon }, 7));
    await store.transact((tx) => tx.goals.put(anna, { kind: 'preserve' }, 8));
    expect(await store.read.wishes.current(anna)).toBeNull();
    for (const limits of [['a'], ['a', 'b']])
      await store.transact((tx) => tx.wishes.put(anna, { limits }, 9));
    expect(await store.read.wishes.current(anna)).toEqual({
      wishes: { limits: ['a', 'b'] },
      revision: 2,
      at: 9,
    });
    expect(await store.read.answers.current(anna)).toEqual({
      questionnaire: 'v1',
      answers: { horizon: 'long' },
      revision: 2,
      at: 7,
    });
    expect(await store.read.goals.current(anna)).toEqual({
      goal: { kind: 'preserve' },
      revision: 1,
      at: 8,
    });
  });

  it('shows one person nothing of another', async () => {
    const [anna, bert] = [await resolve(store, 'anna', here), await resolve(store, 'bert', here)];
    await store.transact(async (tx) => {
      await tx.answers.put(anna, 'v1', { horizon: 'long' }, 7);
      await tx.dialogues.put(anna, 'c', { kind: 'goal' }, 0);
    });
    expect(await store.read.answers.current(bert)).toBeNull();
    expect((await store.read.dialogues.get(bert, 'c')).version).toBe(0);
    const elsewhere = { workspace: 'elsewhere', person: anna.person };
    expect(await store.read.answers.current(elsewhere)).toBeNull();
  });

  it('keeps characters that a database would rather refuse', async () => {
    const anna = await resolve(store, 'anna', here);
    const text = 'nul \u0000, half a pair \ud83d, bidi \u202e, quote \' " \\, 💶';
    await store.transact((tx) => tx.dialogues.put(anna, 'c', { text }, 0));
    expect((await store.read.dialogues.get(anna, 'c')).state).toEqual({ text });
  });
});

describe.each(['pglite', 'postgres'] as const)('transactions on %s', (kind) => {
  let store: Store;
  let [turn, here] = [0, ''];
  beforeAll(async () => {
    store = await freshStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(() => {
    here = `installation-${++turn}`;
  });

  it('keep nothing when the work throws, and throw what it threw', async () => {
    const anna = await resolve(store, 'anna', here);
    const mine = new Error('mine');
    const failed = store.transact(async (tx) => {
      await tx.goals.put(anna, { kind: 'preserve' }, 8);
      throw mine;
    });
    await expect(failed).rejects.toBe(mine);
    expect(await store.read.goals.current(anna)).toBeNull();
  });

  it('never run again on a Conflict', async () => {
    let runs = 0;
    const failed = store.transact(async () => {
      runs++;
      throw new Conflict('moved on');
    });
    await expect(failed).rejects.toBeInstanceOf(Conflict);
    expect(runs).toBe(1);
  });

  it('show others nothing before they commit, and never block a read for good', async () => {
    const anna = await resolve(store, 'anna', here);
    const [written, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const done = store.transact(async (tx) => {
      await tx.goals.put(anna, { kind: 'preserve' }, 8);
      written.resolve();
      // PGlite has one connection: a read outside waits for the end of the transaction there.
      if (kind === 'postgres') await looked.promise;
      return tx.goals.current(anna);
    });
    await written.promise;
    const outside = store.read.goals.current(anna);
    outside.then(() => looked.resolve());
    expect(await done).toMatchObject({ revision: 1 });
    if (kind === 'postgres') expect(await outside).toBeNull();
    else expect(await outside).toMatchObject({ revision: 1 });
  });

  it('refuse the outer store inside themselves instead of waiting forever', async () => {
    const anna = await resolve(store, 'anna', here);
    const reading = store.transact(() => store.read.people.get(anna));
    await expect(reading).rejects.toThrow('through its tx');
    const nesting = store.transact(() => store.transact(async () => 1));
    await expect(nesting).rejects.toThrow('through its tx');
  });

  it('tell what the database refused without the data that was refused', async () => {
    const secret = { workspace: 'w', person: 'p' };
    const failed = store.transact((tx) => tx.goals.put(secret, { secret: 'swordfish' }, 8));
    await expect(failed).rejects.toMatchObject({ name: 'PortError', code: 'refused' });
    await expect(failed).rejects.not.toThrow('swordfish');
    await expect(failed).rejects.toThrow('goals_person_fk');
  });
});
