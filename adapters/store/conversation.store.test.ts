import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationKey } from '../../bot/event.ts';
import type { Person, Store } from '../../bot/store.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshStore } from '../../fakes/store.ts';
import { buttonOf, resolve, sourceOf, textEvent, textReply } from '../../fakes/store-samples.ts';

afterAll(stopTestPostgres);

describe.each(['pglite', 'postgres'] as const)('conversations on %s', (kind) => {
  let store: Store;
  let anna: Person;
  beforeEach(async () => {
    store = await freshStore(kind);
    anna = await resolve(store, 'anna');
  });
  afterEach(() => store.close());

  const receive = (id: string, conversation = 'c') =>
    store.transact((tx) => tx.inbox.insert(id, conversation, textEvent(id, 'anna'), 1));
  const say = (key: string, at = 1, conversation = 'c') =>
    store.transact((tx) =>
      tx.outbox.put(
        [{ conversation, source: sourceOf('anna'), inboxId: null, reply: textReply(key) }],
        at,
      ),
    );

  it('stores a delivery once and hands events out in order', async () => {
    expect([await receive('u1'), await receive('u2'), await receive('u1')]).toEqual([
      ...[true, true, false],
    ]);
    const first = await store.read.inbox.next('c');
    expect(first).toMatchObject({ conversation: 'c', event: textEvent('u1', 'anna'), attempts: 0 });
    const id = first?.id ?? 0;
    expect(await store.transact((tx) => tx.inbox.done(id, 2))).toBe(true);
    expect(await store.transact((tx) => tx.inbox.done(id, 2))).toBe(false);
    expect((await store.read.inbox.next('c'))?.event.id).toBe('u2');
    expect(await store.read.inbox.next('other')).toBeNull();
    expect(await store.read.inbox.waiting()).toEqual(['c']);
  });

  it('knows who has spoken where', async () => {
    const [annas, bobs] = [sourceOf('anna'), sourceOf('bob')];
    expect(await store.read.inbox.heard(annas)).toBe(false);
    await receive('u1', conversationKey(annas));
    expect(await store.read.inbox.heard(annas)).toBe(true);
    expect(await store.read.inbox.heard({ ...annas, conversation: 'elsewhere' })).toBe(false);
    expect(await store.read.inbox.heard({ ...annas, installation: 'another' })).toBe(false);
    expect(await store.read.inbox.heard(bobs)).toBe(false);
  });

  it('parks a poison event and lets the next one proceed', async () => {
    await receive('u1');
    await receive('u2');
    const id = (await store.read.inbox.next('c'))?.id ?? 0;
    await store.transact((tx) => tx.inbox.failed(id, 'first \u0000 try', false, 2));
    expect(await store.read.inbox.next('c')).toMatchObject({ id, attempts: 1 });
    await store.transact((tx) => tx.inbox.failed(id, 'again', true, 3));
    expect((await store.read.inbox.next('c'))?.event.id).toBe('u2');
    expect(await store.read.inbox.parked()).toMatchObject([{ id, attempts: 2 }]);
  });

  it('sends replies in order and remembers under which ids', async () => {
    await say('first');
    await say('second');
    const first = await store.read.outbox.next('c', 1);
    expect(first).toMatchObject({
      reply: textReply('first'),
      source: sourceOf('anna'),
      attempts: 0,
    });
    expect(await store.read.outbox.messageIds('c', 'first')).toBeNull();
    await store.transact((tx) => tx.outbox.sent(first?.id ?? 0, ['m1', 'm2'], 2));
    expect(await store.read.outbox.messageIds('c', 'first')).toEqual(['m1', 'm2']);
    expect((await store.read.outbox.next('c', 1))?.reply.key).toBe('second');
  });

  it('holds a conversation back until its retry is due, and no other', async () => {
    await say('first');
    await say('second');
    await say('elsewhere', 1, 'd');
    const first = await store.read.outbox.next('c', 1);
    await store.transact((tx) => tx.outbox.failed(first?.id ?? 0, '429', 500));
    expect(await store.read.outbox.next('c', 499)).toBeNull();
    expect(await store.read.outbox.waiting(499)).toEqual(['d']);
    expect(await store.read.outbox.next('c', 500)).toMatchObject({ id: first?.id, attempts: 1 });
    expect(await store.read.outbox.waiting(500)).toEqual(['c', 'd']);
    await store.transact((tx) => tx.outbox.failed(first?.id ?? 0, 'gone', null));
    expect((await store.read.outbox.next('c', 500))?.reply.key).toBe('second');
  });

  it('lets an act be used once', async () => {
    const button = buttonOf(anna, 'b1');
    await store.transact((tx) => tx.buttons.put([button, buttonOf(anna, 'b2', false)]));
    expect(await store.read.buttons.get('b1')).toEqual(button);
    expect(await store.read.buttons.get('b3')).toBeNull();
    expect(await store.transact((tx) => tx.buttons.use('b1', 'anna', 5))).toBe(true);
    expect(await store.transact((tx) => tx.buttons.use('b1', 'bert', 6))).toBe(false);
    expect(await store.read.buttons.get('b1')).toMatchObject({ usedAt: 5, usedBy: 'anna' });
  });

  it('lets one of two simultaneous presses win', async () => {
    await store.transact((tx) => tx.buttons.put([buttonOf(anna, 'b1')]));
    const press = (by: string) => store.transact((tx) => tx.buttons.use('b1', by, 5));
    const results = await Promise.all([press('anna'), press('bert'), press('carl')]);
    expect(results.filter(Boolean)).toHaveLength(1);
  });
});

describe('two presses on postgres', () => {
  it('make the second wait for the first one’s transaction, then lose', async () => {
    const store = await freshStore('postgres');
    try {
      const anna = await resolve(store, 'anna');
      await store.transact((tx) => tx.buttons.put([buttonOf(anna, 'b1')]));
      const [used, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const first = store.transact(async (tx) => {
        const won = await tx.buttons.use('b1', 'anna', 5);
        used.resolve();
        await go.promise;
        return won;
      });
      await used.promise;
      let settled = false;
      const second = store
        .transact((tx) => tx.buttons.use('b1', 'bert', 6))
        .then((won) => {
          settled = true;
          return won;
        });
      await store.read.buttons.get('b1');
      expect(settled).toBe(false);
      go.resolve();
      expect(await Promise.all([first, second])).toEqual([true, false]);
    } finally {
      await store.close();
    }
  });

  it('let the second win when the first one’s transaction fails', async () => {
    const store = await freshStore('postgres');
    try {
      const anna = await resolve(store, 'anna');
      await store.transact((tx) => tx.buttons.put([buttonOf(anna, 'b1')]));
      const first = store.transact(async (tx) => {
        await tx.buttons.use('b1', 'anna', 5);
        throw new Error('crash');
      });
      await expect(first).rejects.toThrow('crash');
      expect(await store.transact((tx) => tx.buttons.use('b1', 'bert', 6))).toBe(true);
    } finally {
      await store.close();
    }
  });
});
