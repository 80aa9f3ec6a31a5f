import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../bot/store.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshSettings, freshStore } from '../../fakes/store.ts';
import { textEvent } from '../../fakes/store-samples.ts';
import { openStore } from './index.ts';

afterAll(stopTestPostgres);

/** Resolves when what is awaited has happened; fails the test instead of hanging. */
function arrivals(count: number): {
  readonly seen: string[];
  add(one: string): void;
  all: Promise<string[]>;
} {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const seen: string[] = [];
  return {
    seen,
    all: promise,
    add: (one) => {
      seen.push(one);
      if (seen.length === count) resolve(seen);
    },
  };
}

describe.each(['pglite', 'postgres'] as const)('jobs on %s', (kind) => {
  let store: Store;
  beforeEach(async () => {
    store = await freshStore(kind);
  });
  afterEach(() => store.close());

  it('run once committed, within a moment, and may use the store', async () => {
    const heard = arrivals(1);
    await store.work('wake', async (data) => {
      await store.transact((tx) => tx.lock(data.conversation));
      heard.add(data.conversation);
    });
    const started = performance.now();
    await store.transact((tx) =>
      tx.jobs.send('wake', { conversation: 'c' }, { singletonKey: 'c' }),
    );
    expect(await heard.all).toEqual(['c']);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('vanish with the transaction that sent them', async () => {
    const heard = arrivals(1);
    await store.work('wake', async (data) => heard.add(data.conversation));
    const failed = store.transact(async (tx) => {
      await tx.jobs.send('wake', { conversation: 'lost' }, { singletonKey: 'c' });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    await store.transact((tx) =>
      tx.jobs.send('wake', { conversation: 'kept' }, { singletonKey: 'c' }),
    );
    expect(await heard.all).toEqual(['kept']);
  });

  it('coalesce by key, and stay apart without one', async () => {
    const heard = arrivals(4);
    await store.transact(async (tx) => {
      for (let turn = 0; turn < 3; turn++)
        await tx.jobs.send('wake', { conversation: 'c' }, { singletonKey: 'c' });
      await tx.jobs.send('wake', { conversation: 'd' }, { singletonKey: 'd' });
      for (let turn = 0; turn < 2; turn++) await tx.jobs.send('wake', { conversation: 'free' });
    });
    await store.work('wake', async (data) => heard.add(data.conversation));
    expect((await heard.all).sort()).toEqual(['c', 'd', 'free', 'free']);
  });

  it('for later do not swallow one for now', async () => {
    const heard = arrivals(1);
    await store.transact(async (tx) => {
      const later = { singletonKey: 'c', startAfterMs: 600_000 };
      await tx.jobs.send('deliver', { when: 'later' }, later);
      await tx.jobs.send('deliver', { when: 'now' }, { singletonKey: 'c' });
    });
    await store.work('deliver', async (data) => heard.add(data.when));
    expect(await heard.all).toEqual(['now']);
  });

  it('under way when the process rests come to their end, and no other begins', async () => {
    const began = arrivals(1);
    const go = Promise.withResolvers<void>();
    let ended = 0;
    await store.work('wake', async (data) => {
      began.add(data.conversation);
      await go.promise;
      ended++;
    });
    await store.transact((tx) => tx.jobs.send('wake', { conversation: 'c' }));
    await began.all;
    const rested = store.rest();
    await store.transact((tx) => tx.jobs.send('wake', { conversation: 'd' }));
    go.resolve();
    await rested;
    expect({ began: began.seen, ended }).toEqual({ began: ['c'], ended: 1 });
  });

  it('that fail are tried again', async () => {
    const heard = arrivals(2);
    await store.work('settle', async (data) => {
      heard.add(data.id);
      if (heard.seen.length === 1) throw new Error('not yet');
    });
    await store.transact((tx) => tx.jobs.send('settle', { id: 't1' }));
    expect(await heard.all).toEqual(['t1', 't1']);
  });
});

/**
 * The lost wake: a receiver's job coalesces into one that is just being drained, and the receiver
 * commits after the drain. The conversation's lock, taken first, makes the drain wait or come after.
 */
describe('receiving while draining on postgres', () => {
  it('leaves no event behind, with two processes and no sweeper', async () => {
    const settings = await freshSettings('postgres');
    const [receiver, worker] = [await openStore(settings), await openStore(settings)];
    try {
      const events = 150;
      const done = arrivals(events);
      await worker.work('wake', async ({ conversation }) => {
        for (;;) {
          const handled = await worker.transact(async (tx) => {
            await tx.lock(conversation);
            const row = await tx.inbox.next(conversation);
            if (!row) return null;
            await tx.inbox.done(row.id, 2);
            return row.event.id;
          });
          if (handled === null) return;
          done.add(handled);
        }
      });
      for (let n = 0; n < events; n += 3) {
        await Promise.all(
          [n, n + 1, n + 2].map((one) =>
            receiver.transact(async (tx) => {
              const conversation = `c${one % 2}`;
              await tx.lock(conversation);
              await tx.inbox.insert(`u${one}`, conversation, textEvent(`u${one}`, 'anna'), 1);
              await tx.jobs.send('wake', { conversation }, { singletonKey: conversation });
            }),
          ),
        );
      }
      expect(new Set(await done.all).size).toBe(events);
      expect(await receiver.read.inbox.waiting()).toEqual([]);
    } finally {
      await Promise.all([receiver.close(), worker.close()]);
    }
  });
});
