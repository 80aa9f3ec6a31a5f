import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stopTestPostgres } from '../fakes/postgres.ts';
import { draftOf, probePorts, says } from '../fakes/probe.ts';
import { freshStore } from '../fakes/store.ts';
import { sourceOf, textEvent } from '../fakes/store-samples.ts';
import { answer } from './answer.ts';
import { createBot } from './bot.ts';
import type { Context, Outcome } from './commands/command.ts';
import { conversationKey, type Event } from './event.ts';
import { receive } from './inbox.ts';
import type { InboxRow, Store } from './store.ts';

afterAll(stopTestPostgres);

let store: Store;
/** What "/probe" comes to. */
let probe: (context: Context) => Promise<Outcome>;
beforeEach(async () => {
  store = await freshStore('postgres');
});
afterEach(() => store.close());

const conversation = conversationKey(sourceOf('anna'));

const ports = () => ({
  ...probePorts(store, (context) => probe(context)),
  committed: () => undefined,
});

const probing = { kind: 'command', name: 'probe', args: '' } as const;

async function arrives(id: string, change: Partial<Event> = {}): Promise<InboxRow> {
  await receive(store, { ...textEvent(id, 'anna'), body: probing, ...change }, 1_000);
  return (await store.read.inbox.next(conversation))!;
}

/** Every reply waiting to be sent, as text. */
async function told(): Promise<readonly string[]> {
  const all: string[] = [];
  for (;;) {
    const row = await store.read.outbox.next(conversation, 1_000);
    if (row === null) return all;
    all.push(JSON.stringify(row.reply.blocks));
    await store.transact((tx) => tx.outbox.sent(row.id, [], 1_000));
  }
}

test('an event without a person comes to its end, and those behind it go on', async () => {
  const source = { ...sourceOf('anna'), identity: '' };
  const row = await arrives('hello', { source, body: { kind: 'lifecycle', what: 'installed' } });
  await answer(ports(), row);
  expect(await store.read.inbox.next(conversation)).toBeNull();
  expect(await told()).toEqual([]);
});

describe('two workers with one event', () => {
  test('that both fail for the last time park it once and say so once', async () => {
    probe = () => Promise.reject(new TypeError('bug'));
    const row = await arrives('poison');
    const last = { ...row, attempts: 2 };
    await Promise.all([answer(ports(), last), answer(ports(), last)]);
    expect(await store.read.inbox.parked()).toHaveLength(1);
    expect(await told()).toEqual([expect.stringContaining('Something on my side broke')]);
  });

  test('one of whom has answered leave the other with nothing to say', async () => {
    probe = async () => says('answered');
    const row = await arrives('twice');
    await answer(ports(), row);
    probe = () => Promise.reject(new TypeError('bug'));
    await answer(ports(), { ...row, attempts: 2 });
    expect(await told()).toEqual([expect.stringContaining('answered')]);
  });

  test('one of whom has parked it keep the other, waking late, from any effect', async () => {
    probe = () => Promise.reject(new TypeError('bug'));
    const row = await arrives('zombie');
    await answer(ports(), { ...row, attempts: 2 });
    probe = async () => ({
      ...says('too late'),
      commit: async (tx) =>
        tx.goals.put(person, { kind: 'max-return' }, 1_000).then(() => undefined),
    });
    const person = (await store.read.people.byIdentity(sourceOf('anna')))!;
    await answer(ports(), row);
    expect(await store.read.goals.current(person)).toBeNull();
    expect(await told()).toEqual([expect.stringContaining('nothing was bought or sold')]);
  });
});

test('a dialogue that can no longer be read is put aside, not held against the person', async () => {
  probe = async (context) => says(`dialogue: ${context.dialogue?.kind ?? 'none'}`);
  const anna = await store.transact((tx) => tx.people.resolve(sourceOf('anna'), 'en', 1));
  await store.transact((tx) => tx.dialogues.put(anna, 'direct', { kind: 'of another age' }, 0));
  await answer(ports(), await arrives('after an update'));
  expect(await told()).toEqual([expect.stringContaining('dialogue: none')]);
});

test('what is answered while the person is being forgotten is not kept under the old name', async () => {
  const anna = await store.transact((tx) => tx.people.resolve(sourceOf('anna'), 'en', 1));
  let turns = 0;
  probe = async ({ person }) => {
    // Elsewhere, the same person asks to be forgotten while this is being worked out.
    if (turns++ === 0) await store.transact((tx) => tx.people.forget(anna, 900));
    return {
      ...says(person.person === anna.person ? 'known' : 'new'),
      commit: async (tx) =>
        tx.goals.put(person, { kind: 'max-return' }, 1_000).then(() => undefined),
    };
  };
  await answer(ports(), await arrives('meanwhile'));
  expect(await store.read.goals.current(anna)).toBeNull();
  expect(await told()).toEqual([expect.stringContaining('new')]);
});

test('progress that comes after the answer is dropped, and never fails the process', async () => {
  let late: Context['progress'] | undefined;
  probe = async (context) => {
    late = context.progress;
    await context.progress(draftOf('p', 'halfway'));
    return says('done');
  };
  await answer(ports(), await arrives('long'));
  await late?.(draftOf('p', 'halfway, late'));
  expect(await told()).toEqual([
    expect.stringContaining('halfway'),
    expect.stringContaining('done'),
  ]);
});

test('an event that ends every process that begins it is parked, and the next one is answered', async () => {
  await receive(store, { ...textEvent('deadly', 'anna'), body: probing }, 500);
  await receive(store, { ...textEvent('harmless', 'anna'), body: probing }, 500);
  let begun = 0;
  /** A life of the process: it begins what waits, and ends in the middle of it. */
  const life = async () => {
    const dies = Promise.withResolvers<void>();
    const bot = createBot({
      ...probePorts(store, ({ event }) => {
        if (event.id === 'harmless') return Promise.resolve(says('answered'));
        begun++;
        dies.resolve();
        return new Promise<never>(() => undefined);
      }),
      adapters: [],
    });
    await Promise.race([bot.drain(conversation), dies.promise]);
  };
  for (let lives = 0; lives < 9; lives++) await life();
  // With the process that received it, five have begun it.
  expect(begun).toBe(4);
  expect(await store.read.inbox.parked()).toMatchObject([{ event: { id: 'deadly' } }]);
  expect(await told()).toEqual([
    expect.stringContaining('Something on my side broke'),
    expect.stringContaining('answered'),
  ]);
});
