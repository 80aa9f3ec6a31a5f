import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { scenarios } from '../../fakes/model/scenarios.ts';
import { freshStore, quiet } from '../../fakes/store.ts';
import { resolve, sourceOf, textReply } from '../../fakes/store-samples.ts';
import type { Model } from '../explain/model-port.ts';
import { deliveryLock } from '../owe.ts';
import type { Reply } from '../reply.ts';
import type { Store } from '../store.ts';
import { createRewording } from './reword.ts';

const HONEST =
  'SPY is {{fact:1-weight}} of the money and {{fact:1-share}} of the risk.\n{{must:uncertainty}}\n{{must:machine}}';
const clock = { now: () => 5_000 };
const templates = { system: '<<words>>', user: '<<sentences>>' };

let store: Store;
let who = '';
let tests = 0;
beforeAll(async () => {
  store = await freshStore('pglite');
});
beforeEach(async () => {
  who = `anna-${++tests}`;
  await resolve(store, who);
});
afterAll(() => store.close());

const conversation = () => `web:here:chat-${who}`;

const plain: Reply = {
  ...textReply('m1'),
  blocks: [
    { kind: 'text', style: 'title', text: 'What I recommend' },
    {
      kind: 'text',
      text: `**Why this mix**\n• ${scenarios.spy[0].text}`,
      statements: scenarios.spy,
    },
  ],
  actions: [{ kind: 'choice', label: 'Why?', do: 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB' }],
};

function rewordingBy(complete: Model['complete'], deadlineMs = 4_000, on = store) {
  const limits = { person: 1e6, workspace: 1e6 };
  const model = { name: 'fake', complete };
  return createRewording({ store: on, model, templates, limits, clock, log: quiet, deadlineMs });
}

const put = (to: Store, reply: Reply) =>
  to.transact((tx) =>
    tx.outbox.put(
      [{ conversation: conversation(), source: sourceOf(who), inboxId: null, reply }],
      1_000,
    ),
  );

/** Takes the outbox empty as a platform would, in order. */
async function delivered(): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (;;) {
    const row = await store.read.outbox.next(conversation(), 10_000);
    if (row === null) return replies;
    replies.push(row.reply);
    await store.transact((tx) => tx.outbox.sent(row.id, [`p${row.id}`], 2));
  }
}

test('the plain reply goes first; a good rewording edits it and keeps its buttons', async () => {
  const rewording = rewordingBy(async () => ({ text: HONEST, model: 'small' }));
  await put(rewording.store, plain);
  await rewording.idle();
  const [first, second, ...rest] = await delivered();
  expect(rest).toEqual([]);
  expect(first).toEqual(plain);
  expect(second).toMatchObject({ key: 'm1', replaces: 'm1', notify: 'silent' });
  expect(second.actions).toEqual(plain.actions);
  expect(second.blocks[1]).toEqual({
    kind: 'text',
    text: '**Why this mix**\n• SPY is 35.0 % of the money and 61.2 % of the risk.\n\nExpected returns and swings are estimates with wide errors, not promises; you can lose money. A language model put this into words; every number was computed and filled in by the engine.',
  });
});

test('the edit is owed under the lock that its delivery takes, so no wake is lost', async () => {
  const locks: string[] = [];
  const watched: Store = {
    ...store,
    transact: (work) =>
      store.transact((tx) =>
        work({
          ...tx,
          lock: (key) => {
            locks.push(key);
            return tx.lock(key);
          },
        }),
      ),
  };
  const rewording = rewordingBy(async () => ({ text: HONEST, model: 'small' }), 4_000, watched);
  await put(rewording.store, plain);
  await rewording.idle();
  expect(await delivered()).toHaveLength(2);
  expect(locks).toContain(deliveryLock(conversation()));
});

test('prompt, facts, output, model and verdict are retained, for a lie too', async () => {
  const person = await resolve(store, who);
  const lie = HONEST.replace('is {{', 'is not {{');
  const rewording = rewordingBy(async () => ({ text: lie, model: 'small' }));
  await put(rewording.store, plain);
  await rewording.idle();
  expect(await delivered()).toHaveLength(1);
  const rows = await store.read.audit.list(person.workspace, 0, 100);
  const row = rows.findLast((each) => each.kind === 'reworded');
  expect(row?.payload).toMatchObject({
    output: lie,
    model: 'small',
    verdict: { ok: false, reason: 'negation' },
    pseudonym: person.pseudonym,
    facts: scenarios.spy[0].facts,
  });
  const kept = row?.payload as { system: string } | undefined;
  expect(await store.read.artifacts.get(kept?.system ?? '')).not.toBeNull();
  expect((await store.read.audit.verify(person.workspace)).brokenAt).toBeNull();
});

test('putting a reply never waits for the model', async () => {
  const rewording = rewordingBy(() => new Promise(() => {}), 200);
  await put(rewording.store, plain);
  expect(await delivered()).toEqual([plain]);
  await rewording.idle();
  expect(await delivered()).toEqual([]);
});

test('a message that another has replaced meanwhile is left alone', async () => {
  const answer = Promise.withResolvers<{ text: string; model: string }>();
  const asked = Promise.withResolvers<void>();
  const rewording = rewordingBy(() => {
    asked.resolve();
    return answer.promise;
  });
  await put(rewording.store, plain);
  await asked.promise;
  await put(rewording.store, { ...textReply('m2', 'Done.'), replaces: 'm1' });
  answer.resolve({ text: HONEST, model: 'small' });
  await rewording.idle();
  expect((await delivered()).map((each) => each.key)).toEqual(['m1', 'm2']);
});

test('a person forgotten meanwhile is told nothing more', async () => {
  const answer = Promise.withResolvers<{ text: string; model: string }>();
  const asked = Promise.withResolvers<void>();
  const rewording = rewordingBy(() => {
    asked.resolve();
    return answer.promise;
  });
  await put(rewording.store, plain);
  await asked.promise;
  await delivered();
  const person = await resolve(store, who);
  await store.transact((tx) => tx.people.forget(person, 6_000));
  answer.resolve({ text: HONEST, model: 'small' });
  await rewording.idle();
  expect(await delivered()).toEqual([]);
  const rows = await store.read.audit.list(person.workspace, 0, 100);
  const last = rows.findLast((each) => each.kind === 'reworded');
  expect(last?.payload).toEqual({ model: 'small', tokens: expect.any(Number), forgotten: true });
});

test('a rolled-back reply is never sent to the model', async () => {
  let asked = 0;
  const rewording = rewordingBy(async () => {
    asked++;
    return { text: HONEST, model: 'small' };
  });
  const failing = rewording.store.transact(async (tx) => {
    await tx.outbox.put(
      [{ conversation: conversation(), source: sourceOf(who), inboxId: null, reply: plain }],
      1,
    );
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  await rewording.idle();
  expect(asked).toBe(0);
});
