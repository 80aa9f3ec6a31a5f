import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person, Store, Tx } from '../../bot/store.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshStore } from '../../fakes/store.ts';
import {
  buttonOf,
  entryOf,
  fillOf,
  orderOf,
  proposalOf,
  recommendationOf,
  resolve,
  sourceOf,
  textEvent,
  textReply,
} from '../../fakes/store-samples.ts';

afterAll(stopTestPostgres);

describe.each(['pglite', 'postgres'] as const)('what is held about a person on %s', (kind) => {
  let store: Store;
  let anna: Person;
  let bert: Person;

  beforeEach(async () => {
    store = await freshStore(kind);
    [anna, bert] = [await resolve(store, 'anna'), await resolve(store, 'bert')];
    for (const [person, name] of [
      [anna, 'anna'],
      [bert, 'bert'],
    ] as const)
      await live(person, name);
  });
  afterEach(() => store.close());

  /** A whole life: said, asked, advised, traded. */
  const live = (person: Person, name: string) =>
    store.transact(async (tx) => {
      const secret = `secret-of-${name}`;
      await tx.people.consent(person, 'v1', 1);
      await tx.answers.put(person, 'v1', { note: secret }, 1);
      await tx.goals.put(person, { purpose: secret }, 1);
      await tx.wishes.put(person, { limits: [secret] }, 1);
      await tx.dialogues.put(person, `chat-${name}`, { text: secret }, 0);
      await tx.inbox.insert(`in-${name}`, `chat-${name}`, textEvent('e', name, secret), 1);
      await tx.inbox.done((await tx.inbox.next(`chat-${name}`))?.id ?? 0, 2);
      const reply = textReply('k', secret);
      const source = sourceOf(name);
      const sent = { conversation: `chat-${name}`, source, inboxId: null, reply };
      await tx.outbox.put([sent], 1);
      await tx.buttons.put([buttonOf(person, `b-${name}`), buttonOf(person, `n-${name}`, false)]);
      await tx.ledger.append(person, [
        entryOf(`l-${name}`, { cashMinor: 123_456_789_012_345_678n }),
      ]);
      await tx.recommendations.put(recommendationOf(person, `r-${name}`));
      const proposal = { ...proposalOf(person, `p-${name}`, `r-${name}`), source };
      await tx.proposals.insert(proposal);
      const order = orderOf(proposal, 0);
      await tx.orders.prepare(order);
      await tx.orders.addFills(person, [fillOf(order, `f-${name}`)]);
      const entry = { ...{ workspace: person.workspace, actor: person.person }, at: 3 };
      await tx.audit.append({ ...entry, person: person.person, kind: 'said', payload: { secret } });
      const kept = { person: person.person, kind: 'proposal.confirmed', payload: { id: 'p' } };
      await tx.audit.append({ ...entry, ...kept });
    });

  it('is exported whole, as plain JSON with exact integers as strings', async () => {
    const held = await store.read.export(anna);
    expect(JSON.parse(JSON.stringify(held))).toEqual(held);
    expect(held).toMatchObject({
      person: { pseudonym: anna.pseudonym },
      accounts: [{ platform: 'web', installation: 'here', identity: 'anna' }],
      answers: [{ answers: { note: 'secret-of-anna' } }],
      goals: [{ goal: { purpose: 'secret-of-anna' } }],
      wishes: [{ wishes: { limits: ['secret-of-anna'] } }],
      holdings: { cash: { minor: '123456789012345678', currency: 'USD' } },
      recommendations: [{ id: 'r-anna' }],
      proposals: [{ proposal: { id: 'p-anna' }, orders: [{ units: '12345678' }], fills: [{}] }],
      messages: { received: [{}], sent: [{}] },
      record: [{ kind: 'said', payload: { secret: 'secret-of-anna' } }, {}],
    });
    expect(JSON.stringify(held)).not.toContain('bert');
  });

  it('is erased where nothing demands it, and what stays is said', async () => {
    const { erased, kept } = await store.transact((tx) => tx.people.forget(anna, 9));
    expect(erased).toEqual([
      '1 set of questionnaire answers',
      '1 goal',
      '1 set of wishes',
      '1 open dialogue',
      '2 messages',
      '1 button',
      '1 note in the record',
      '1 link to a chat account',
    ]);
    expect(kept).toContain('1 recommendation');
    expect(kept).toContain('1 fill');
    const held = JSON.stringify(await store.read.export(anna));
    expect(held).not.toContain('secret-of-anna');
    expect(held).not.toContain('chat-anna');
    expect(held).toContain('r-anna');
    expect(await store.read.people.byIdentity(sourceOf('anna'))).toBeNull();
    expect(await store.read.proposals.get(anna, 'p-anna')).toMatchObject({ state: 'superseded' });
    expect((await store.read.ledger.holdings(anna)).version).toBe(1);
  });

  it('leaves no word of theirs anywhere in the database', async () => {
    await store.transact((tx) => tx.people.forget(anna, 9));
    const rows = await store.read.audit.list(anna.workspace, 0, 99);
    expect(JSON.stringify(rows)).not.toContain('secret-of-anna');
    expect(rows.map((row) => row.kind)).toContain('payloads-erased');
    expect(await store.read.outbox.messageIds('chat-anna', 'k')).toBeNull();
    expect(await store.read.outbox.waiting(99)).toEqual(['chat-bert']);
  });

  it('keeps the audit chain whole, and everything of others', async () => {
    const before = await store.read.export(bert);
    await store.transact((tx) => tx.people.forget(anna, 9));
    const { brokenAt, rows } = await store.read.audit.verify(anna.workspace);
    expect({ brokenAt, rows }).toEqual({ brokenAt: null, rows: 5 });
    expect(await store.read.export(bert)).toEqual(before);
  });

  it('still knows a repeated delivery, and meets the same account as somebody new', async () => {
    await store.transact((tx) => tx.people.forget(anna, 9));
    const again = await store.transact((tx) =>
      tx.inbox.insert('in-anna', 'chat-anna', textEvent('e', 'anna'), 10),
    );
    expect(again).toBe(false);
    const returned = await resolve(store, 'anna');
    expect(returned.person).not.toBe(anna.person);
    expect(returned.consentedAt).toBeNull();
  });

  it('forgets the very event that asked for it once that is done, and answers it', async () => {
    const event = textEvent('forget-me', 'anna', '/forget secret-of-anna');
    await store.transact((tx) => tx.inbox.insert('u', 'chat-anna', event, 8));
    await store.transact(async (tx) => {
      const row = await tx.inbox.next('chat-anna');
      await tx.people.forget(anna, 9);
      await tx.dialogues.put(anna, 'chat-anna', null, 1);
      const source = sourceOf('anna');
      const bye = {
        conversation: 'chat-anna',
        source,
        inboxId: row?.id ?? 0,
        reply: textReply('bye'),
      };
      await tx.outbox.put([bye], 9);
      expect(await tx.inbox.done(row?.id ?? 0, 9)).toBe(true);
    });
    expect(await store.read.inbox.waiting()).toEqual([]);
    expect((await store.read.outbox.next('chat-anna', 9))?.reply.key).toBe('bye');
    expect(JSON.stringify(await store.read.export(anna))).not.toContain('secret-of-anna');
  });

  it.each([
    ['said', (tx: Tx, id: number) => tx.outbox.sent(id, ['m'], 10)],
    ['given up', (tx: Tx, id: number) => tx.outbox.failed(id, 'The chat is gone.', null)],
  ])('keeps no trace of the goodbye once it has been %s', async (_, end) => {
    await store.transact((tx) =>
      tx.inbox.insert('u', 'chat-anna', textEvent('forget-me', 'anna'), 8),
    );
    const row = await store.read.inbox.next('chat-anna');
    await store.transact(async (tx) => {
      await tx.people.forget(anna, 9);
      await tx.inbox.done(row?.id ?? 0, 9);
      const reply = textReply('bye', 'Goodbye, anna.');
      const bye = { conversation: 'chat-anna', source: sourceOf('anna'), inboxId: row?.id ?? 0 };
      await tx.outbox.put([{ ...bye, reply }], 9);
    });
    const bye = await store.read.outbox.next('chat-anna', 9);
    await store.transact((tx) => end(tx, bye?.id ?? 0));
    // Whoever comes back under that account is somebody new, and nothing is held about them.
    const returned = await resolve(store, 'anna');
    expect(await store.read.export(returned)).toMatchObject({
      messages: { received: [], sent: [] },
    });
  });

  it('keeps what was done in a trade as a record', async () => {
    const kinds = ['execution-begun', 'order-told', 'proposal-filled', 'exported'];
    await store.transact(async (tx) => {
      for (const kind of kinds) {
        const entry = { workspace: anna.workspace, actor: 'keel', person: anna.person, at: 4 };
        await tx.audit.append({ ...entry, kind, payload: { kind } });
      }
    });
    await store.transact((tx) => tx.people.forget(anna, 9));
    const rows = await store.read.audit.list(anna.workspace, 0, 100);
    const held = rows.filter(({ payload }) => payload !== null).map(({ kind }) => kind);
    expect(held).toEqual(expect.arrayContaining(kinds.slice(0, 3)));
    expect(held).not.toContain('exported');
  });

  it('does not hold the files of earlier exports, which would double with each', async () => {
    const file = { kind: 'file', name: 'keel-export.json', mediaType: 'application/json' } as const;
    const content = JSON.stringify(await store.read.export(anna));
    const reply = { ...textReply('x'), blocks: [{ ...file, content }] };
    const source = sourceOf('anna');
    await store.transact((tx) =>
      tx.outbox.put([{ conversation: 'chat-anna', source, inboxId: null, reply }], 5),
    );
    const again = JSON.stringify(await store.read.export(anna));
    expect(again).toContain('keel-export.json');
    expect(again.length).toBeLessThan(content.length + 1_000);
  });
});
