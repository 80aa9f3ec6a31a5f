import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../adapters/store/index.ts';
import { stopTestPostgres } from '../fakes/postgres.ts';
import { probePorts, says } from '../fakes/probe.ts';
import { freshSettings, quiet } from '../fakes/store.ts';
import { sourceOf, textEvent, textReply } from '../fakes/store-samples.ts';
import { type Bot, createBot } from './bot.ts';
import { PortError } from './errors.ts';
import { conversationKey } from './event.ts';
import { receive } from './inbox.ts';
import { createOutbox } from './outbox.ts';
import { owe } from './owe.ts';
import type { ChatAdapter } from './ports.ts';
import type { Reply } from './reply.ts';
import type { Store } from './store.ts';

afterAll(stopTestPostgres);

/** Two processes on one database, each with its own store. */
let [here, there]: Store[] = [];
let at: number;
let sent: string[];
beforeEach(async () => {
  const settings = await freshSettings('postgres');
  [here, there] = [await openStore(settings), await openStore(settings)];
  [at, sent] = [1_000_000, []];
});
afterEach(() => Promise.all([here.close(), there.close()]));

const clock = { now: () => at };
const conversationOf = (name: string) => conversationKey(sourceOf(name));

function adapter(deliver: (key: string) => Promise<void> = async () => undefined): ChatAdapter {
  return {
    platform: 'web',
    async deliver(_to, reply) {
      await deliver(reply.key);
      sent.push(reply.key);
      return [reply.key];
    },
    typing: () => undefined,
  };
}

function outbox(store: Store, chat: ChatAdapter | null, timeoutMs?: number) {
  const adapters = new Map(chat === null ? [] : [[chat.platform, chat]]);
  return createOutbox(store, adapters, clock, quiet, timeoutMs);
}

const owes = (name: string, ...keys: string[]) =>
  here.transact((tx) => {
    const to = { conversation: conversationOf(name), source: sourceOf(name), inboxId: null };
    return owe(
      tx,
      to,
      keys.map((key) => textReply(key)),
      at,
    );
  });

test('two processes that deliver at once send each message once, in order', async () => {
  const keys = Array.from({ length: 12 }, (_, n) => `m${n}`);
  await owes('anna', ...keys);
  const chat = adapter(() => pause(5));
  const [one, two] = [outbox(here, chat), outbox(there, chat)];
  const conversation = conversationOf('anna');
  await Promise.all([one.deliver(conversation), two.deliver(conversation)]);
  expect(sent).toEqual(keys);
});

test('how far something is is not said once the next in its place waits', async () => {
  const to = { conversation: conversationOf('anna'), source: sourceOf('anna'), inboxId: null };
  const far = (key: string, done: number): Reply => ({
    ...textReply(key),
    blocks: [{ kind: 'progress', label: 'Testing', done, total: 10 }],
  });
  const said: Reply['blocks'][] = [];
  const slow: ChatAdapter = {
    ...adapter(),
    async deliver(_to, reply) {
      said.push(reply.blocks);
      // While the first step is being sent, the others and the result are put behind it.
      if (said.length === 1) {
        const steps = [far('test', 1), far('test', 2), textReply('test'), far('other', 3)];
        await here.transact((tx) => owe(tx, to, steps, at));
      }
      return [reply.key];
    },
  };
  await here.transact((tx) => owe(tx, to, [far('test', 0)], at));
  await outbox(here, slow).deliver(to.conversation);
  const [first, result, other] = [far('test', 0), textReply('test'), far('other', 3)];
  expect(said).toEqual([first.blocks, result.blocks, other.blocks]);
});

test('what a process was sending when it was killed is sent by another, soon', async () => {
  await owes('anna', 'm');
  const killed = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const dying = outbox(
    here,
    adapter(() => {
      began.resolve();
      return killed.promise;
    }),
  );
  void dying.deliver(conversationOf('anna')).catch(() => undefined);
  await began.promise;
  const heir = outbox(there, adapter());
  await heir.sweep();
  expect(sent).toEqual([]);
  at += 20_000;
  await heir.sweep();
  expect(sent).toEqual(['m']);
  killed.reject(new Error('gone'));
});

test('a process that does not serve the platform leaves its messages alone', async () => {
  await owes('anna', 'm');
  await outbox(there, null).deliver(conversationOf('anna'));
  await outbox(here, adapter()).deliver(conversationOf('anna'));
  expect(sent).toEqual(['m']);
});

test('a platform that does not answer holds up one conversation, and not for good', async () => {
  await owes('anna', 'stuck');
  await owes('bert', 'fine');
  let tries = 0;
  const chat = adapter((key) => {
    if (key !== 'stuck' || tries++ > 0) return Promise.resolve();
    return new Promise(() => undefined);
  });
  await outbox(here, chat, 50).sweep();
  expect(sent).toEqual(['fine']);
  at += 2_000;
  await outbox(here, chat, 50).sweep();
  expect(sent).toEqual(['fine', 'stuck']);
});

test('a platform that asks to wait, however often, parks nothing and is waited for', async () => {
  await owes('anna', 'busy');
  let asked = 0;
  const chat = adapter(async () => {
    asked += 1;
    if (asked > 40) return;
    throw new PortError('web', 'rate-limited', 'Slower.', { retryAfterMs: 30_000 });
  });
  for (let round = 1; round <= 40; round++) {
    await outbox(here, chat).sweep();
    at += 29_000;
    await outbox(here, chat).sweep();
    expect(asked).toBe(round);
    at += 1_000;
  }
  await outbox(here, chat).sweep();
  expect(sent).toEqual(['busy']);
});

test('a platform that fails again and again has the message parked', async () => {
  await owes('anna', 'broken');
  let asked = 0;
  const chat = adapter(async () => {
    asked += 1;
    throw new PortError('web', 'unreachable', 'It is away.');
  });
  for (let round = 0; round < 20; round++) {
    await outbox(here, chat).sweep();
    at += 300_000;
  }
  expect(asked).toBe(12);
});

test('a clock set back an hour keeps no message waiting for the old time', async () => {
  await owes('anna', 'm');
  const failing = adapter(() => Promise.reject(new Error('not now')));
  await outbox(here, failing).deliver(conversationOf('anna'));
  at -= 3_600_000;
  await outbox(here, adapter()).sweep();
  expect(sent).toEqual(['m']);
});

test('a reply goes out with the ticket of the event it answers, and no other does', async () => {
  const tickets: unknown[] = [];
  const chat: ChatAdapter = {
    ...adapter(),
    deliver: async (to) => {
      tickets.push(to.ticket);
      return [];
    },
  };
  const ticket = { value: 'interaction-token', until: at + 900_000 };
  await receive(here, { ...textEvent('e', 'anna', 'a \u0000 in it'), ticket }, at);
  const row = await here.read.inbox.next(conversationOf('anna'));
  const to = { conversation: conversationOf('anna'), source: sourceOf('anna') };
  await here.transact(async (tx) => {
    await owe(tx, { ...to, inboxId: row!.id }, [textReply('answer')], at);
    await owe(tx, { ...to, inboxId: null }, [textReply('digest')], at);
  });
  await outbox(here, chat).deliver(to.conversation);
  expect(tickets).toEqual([ticket, undefined]);
});

test('what is no event is refused at the door, before it can block its conversation', async () => {
  const broken = { ...textEvent('e', 'anna'), at: Number.NaN };
  await expect(receive(here, broken, at)).rejects.toThrow();
  await receive(here, textEvent('f', 'anna'), at);
  expect((await here.read.inbox.next(conversationOf('anna')))?.event.id).toBe('f');
});

test('no reply waits for a sweeper, whoever owes it and whoever delivers', async () => {
  const chat = outbox(there, adapter());
  await there.work('deliver', ({ conversation }) => chat.deliver(conversation));
  const keys = Array.from({ length: 60 }, (_, n) => `m${n}`);
  for (let n = 0; n < keys.length; n += 3) {
    await Promise.all(keys.slice(n, n + 3).map((key, i) => owes(i === 0 ? 'anna' : 'bert', key)));
  }
  for (let waited = 0; sent.length < keys.length && waited < 200; waited++) await pause(20);
  expect(sent.toSorted()).toEqual(keys.toSorted());
});

test('a conversation whose answer never comes keeps the sweeper from no other', async () => {
  const never = (context: { conversation: string }) =>
    context.conversation === conversationOf('anna')
      ? new Promise<never>(() => undefined)
      : Promise.resolve(says('hello'));
  const bot: Bot = createBot({ ...probePorts(here, never), adapters: [adapter()] });
  const body = { kind: 'command', name: 'probe', args: '' } as const;
  for (const name of ['anna', 'bert', 'carl']) {
    const event = { ...textEvent(`e-${name}`, name), body };
    const conversation = conversationOf(name);
    await here.transact((tx) => tx.inbox.insert(`u-${name}`, conversation, event, 1));
    // Anna's is under way when the sweeps begin.
    void bot.sweep();
    for (let waited = 0; name !== 'anna' && sent.length < 1 && waited < 100; waited++)
      await pause(20);
    expect(sent.length).toBe(name === 'anna' ? 0 : 1);
    sent = [];
  }
});
