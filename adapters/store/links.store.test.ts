import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../bot/errors.ts';
import type { LinkCode, Person, Store } from '../../bot/store.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshStore } from '../../fakes/store.ts';
import {
  proposalOf,
  recommendationOf,
  resolve,
  sourceOf,
  textReply,
} from '../../fakes/store-samples.ts';
import { migrationsFolder } from './migrate.ts';

afterAll(stopTestPostgres);

describe.each(['pglite', 'postgres'] as const)('identities that share an account on %s', (kind) => {
  let store: Store;
  let anna: Person;
  let phone: Person;
  const [web, telegram] = [sourceOf('anna'), { ...sourceOf('phone'), platform: 'telegram' }];
  beforeEach(async () => {
    store = await freshStore(kind);
    anna = await resolve(store, 'anna');
    phone = await store.transact((tx) => tx.people.resolve(telegram, 'en', 2_000));
  });
  afterEach(() => store.close());

  const codeOf = (digest: string): LinkCode => ({
    ...{ workspace: anna.workspace, person: anna.person, digest, source: web, messageKey: 'm' },
    ...{ createdAt: 3_000, expiresAt: 9_000, usedAt: null },
  });
  const joined = (code = codeOf('c')) =>
    store.transact(async (tx) => {
      await tx.links.putCode(code);
      await tx.links.join(telegram, phone, code, 4_000);
    });
  const ofPhone = async () =>
    (await store.read.links.of(anna)).find(({ platform }) => platform === 'telegram')!;

  it('join and leave, each with the account it had before', async () => {
    await joined();
    expect(await store.read.people.byIdentity(telegram)).toMatchObject({ person: anna.person });
    expect(await store.read.links.of(anna)).toMatchObject([
      { platform: 'web', conversation: 'chat-anna', linkedAt: null, home: null },
      { platform: 'telegram', conversation: 'chat-phone', linkedAt: 4_000 },
    ]);
    expect(await store.read.links.origin(anna)).toEqual({ platform: 'web', begunAt: 1_000 });
    const left = await store.transact(async (tx) =>
      tx.links.leave((await tx.links.of(anna))[1], anna, web, 5_000),
    );
    expect(left).toEqual({ workspace: phone.workspace, person: phone.person });
    expect(await store.read.people.byIdentity(telegram)).toEqual(phone);
  });

  it('that began an account leave it for a new one, and the account stays with the others', async () => {
    await joined();
    const left = await store.transact(async (tx) =>
      tx.links.leave((await tx.links.of(anna))[0], anna, telegram, 5_000),
    );
    expect(left.workspace).toBe(anna.workspace);
    expect(await store.read.people.byIdentity(web)).toMatchObject({
      person: left.person,
      consentedAt: null,
      createdAt: 5_000,
    });
    expect(await store.read.people.byIdentity(telegram)).toMatchObject({ person: anna.person });
  });

  it('neither join nor leave twice', async () => {
    await joined();
    await expect(joined(codeOf('d'))).rejects.toBeInstanceOf(Conflict);
    const one = await ofPhone();
    await store.transact((tx) => tx.links.leave(one, anna, web, 5_000));
    await expect(
      store.transact((tx) => tx.links.leave(one, anna, web, 5_000)),
    ).rejects.toBeInstanceOf(Conflict);
  });

  it('cannot be joined by the code of one that has left since', async () => {
    await joined();
    const code = { ...codeOf('later'), source: telegram };
    await store.transact((tx) => tx.links.putCode(code));
    const one = await ofPhone();
    await store.transact((tx) => tx.links.leave(one, anna, web, 5_000));
    expect(await store.read.links.code('later')).toMatchObject({ expiresAt: 4_999 });
    const tablet = { ...sourceOf('tablet'), platform: 'slack' };
    const owner = await store.transact((tx) => tx.people.resolve(tablet, 'en', 1));
    await expect(
      store.transact((tx) => tx.links.join(tablet, owner, code, 6_000)),
    ).rejects.toBeInstanceOf(Conflict);
  });

  it('are not sent what was still owed when they leave; a trade under way is told elsewhere', async () => {
    await joined();
    const proposal = { ...proposalOf(anna, 'p', 'r'), source: telegram };
    await store.transact(async (tx) => {
      await tx.recommendations.put(recommendationOf(anna, 'r'));
      await tx.proposals.insert(proposal);
      await tx.proposals.update({ ...proposal, state: 'confirmed', version: 1, confirmedBy: 'a' });
      const conversation = 'telegram:here:chat-phone';
      const owed = { conversation, source: telegram, inboxId: null, reply: textReply('k') };
      await tx.outbox.put([owed], 4_500);
    });
    const one = await ofPhone();
    await store.transact((tx) => tx.links.leave(one, anna, web, 5_000));
    expect(await store.read.outbox.next('telegram:here:chat-phone', 9_000)).toBeNull();
    expect(await store.read.proposals.get(anna, 'p')).toMatchObject({ source: web });
  });

  it('use a code once, until it ends, and only the newest of a person', async () => {
    const use = (digest: string, at: number) =>
      store.transact((tx) => tx.links.useCode(digest, at));
    await store.transact((tx) => tx.links.putCode(codeOf('first')));
    await store.transact((tx) => tx.links.putCode({ ...codeOf('second'), createdAt: 3_500 }));
    expect(await use('first', 4_000)).toBe(false);
    expect(await use('second', 9_001)).toBe(false);
    expect(await use('second', 9_000)).toBe(true);
    expect(await use('second', 9_000)).toBe(false);
    expect(await use('unknown', 4_000)).toBe(false);
  });

  it('have their wrong codes counted by the hour, also within one moment', async () => {
    for (const at of [1_000, 2_000, 2_000]) {
      await store.transact((tx) => tx.links.countWrong(telegram, at));
    }
    expect(await store.read.links.wrong(telegram, 0)).toEqual({ count: 3, first: 1_000 });
    expect(await store.read.links.wrong(telegram, 1_000)).toEqual({ count: 2, first: 2_000 });
    expect(await store.read.links.wrong(web, 0)).toEqual({ count: 0, first: null });
  });

  it('are all forgotten with the account, with codes, tries and what was put aside', async () => {
    await store.transact((tx) => tx.goals.put(phone, { purpose: 'put aside' }, 2_500));
    await joined();
    await store.transact((tx) => tx.links.countWrong(telegram, 4_000));
    const { erased } = await store.transact((tx) => tx.people.forget(anna, 9_000));
    expect(erased).toContain('2 links to chat accounts');
    expect(erased).toContain('1 goal');
    expect(await store.read.goals.current(phone)).toBeNull();
    expect(await store.read.links.code('c')).toBeNull();
    expect(await store.read.links.wrong(telegram, 0)).toMatchObject({ count: 0 });
    expect(await store.read.people.byIdentity(telegram)).toBeNull();
  });
});

describe('on Postgres, at once', () => {
  it('an identity leaves only after what is being answered for it has come to its end', async () => {
    const store = await freshStore('postgres');
    const [web, phone] = [sourceOf('anna'), { ...sourceOf('phone'), platform: 'telegram' }];
    const anna = await resolve(store, 'anna');
    await store.transact(async (tx) => {
      const home = await tx.people.resolve(phone, 'en', 1);
      const code = { ...anna, digest: 'c', source: web, messageKey: 'm', createdAt: 1 };
      await tx.links.putCode({ ...code, expiresAt: 9, usedAt: null });
      await tx.links.join(phone, home, { ...code, expiresAt: 9, usedAt: null }, 2);
    });
    const [, one] = await store.read.links.of(anna);
    const order: string[] = [];
    const begun = Promise.withResolvers<void>();
    const leaving = begun.promise.then(() =>
      store.transact((tx) => tx.links.leave(one, anna, web, 3)).then(() => order.push('left')),
    );
    const answering = store.transact(async (tx) => {
      await tx.people.keepIdentity(phone, anna);
      begun.resolve();
      // The other has ended, or waits for this transaction to end.
      await Promise.race([leaving, pause(300)]);
      order.push('answered');
    });
    await Promise.all([answering, leaving]);
    expect(order).toEqual(['answered', 'left']);
    await store.close();
  });
});

describe('the migration', () => {
  const run = async (lite: PGlite, name: string) => {
    const text = readFileSync(join(migrationsFolder, name), 'utf8');
    for (const statement of text.split('--> statement-breakpoint')) await lite.exec(statement);
  };

  it('keeps what is open in a direct chat, under the key of every direct chat', async () => {
    const lite = await PGlite.create();
    const files = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'));
    for (const name of files.sort().filter((each) => each < '0005')) await run(lite, name);
    await lite.exec(`
      insert into workspaces values ('w', 'telegram', '7', 1);
      insert into people (workspace, id, pseudonym, locale, created_at) values ('w', 'p', 'x', 'en', 1);
      insert into identities values ('telegram', '7', '42', 'w', 'p');
      insert into dialogues values ('w', 'p', 'telegram:7:42', '{"kind":"goal"}', 3),
        ('w', 'p', 'telegram:7:-100', null, 1);`);
    await run(lite, '0005_linking.sql');
    const { rows } = await lite.query('select conversation, version from dialogues order by 1');
    expect(rows).toEqual([
      { conversation: 'direct', version: 3 },
      { conversation: 'telegram:7:-100', version: 1 },
    ]);
    await lite.close();
  });
});
