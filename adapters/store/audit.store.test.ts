import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshDatabase, freshStore } from '../../fakes/store.ts';
import { writeAudit } from './audit.ts';
import { verifyChain } from './audit-verify.ts';
import type { Database } from './database.ts';

afterAll(stopTestPostgres);

const entry = (workspace: string, n: number) => ({
  workspace,
  actor: 'anna',
  person: 'p1',
  kind: n === 3 ? 'order.filled' : 'said',
  payload: { n, amount: 10n ** 20n, text: 'grüße \u0000' },
  at: n,
});

describe.each(['pglite', 'postgres'] as const)('the audit chain on %s', (kind) => {
  let database: Database;
  let [turn, one, two] = [0, '', ''];
  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  /** Two chains of their own for every test. */
  beforeEach(async () => {
    turn++;
    [one, two] = [`one-${turn}`, `two-${turn}`];
    await database.transaction(async (tx) => {
      for (let n = 1; n <= 6; n++) await writeAudit(tx).append(entry(one, n));
      await writeAudit(tx).append(entry(two, 1));
    });
  });

  /** What someone with full power over the database could do: triggers are switched off first. */
  const tamper = (statement: string) =>
    database.transaction(async (tx) => {
      for (const table of ['audit_rows', 'audit_payloads', 'audit_heads'])
        await tx.execute(sql.raw(`alter table ${table} disable trigger user`));
      await tx.execute(sql.raw(statement));
      for (const table of ['audit_rows', 'audit_payloads', 'audit_heads'])
        await tx.execute(sql.raw(`alter table ${table} enable trigger user`));
    });

  it('holds, one per workspace, with payloads that read back', async () => {
    const whole = await verifyChain(database.db, one);
    expect(whole).toMatchObject({ rows: 6, brokenAt: null });
    expect(whole.head).toMatch(/^[0-9a-f]{64}$/);
    expect(await verifyChain(database.db, two)).toMatchObject({ rows: 1, brokenAt: null });
    expect(await verifyChain(database.db, 'none')).toMatchObject({ rows: 0, brokenAt: null });
    const audit = writeAudit(database.db);
    expect(await audit.workspaces()).toEqual(expect.arrayContaining([one, two]));
    const rows = await audit.list(one, 2, 2);
    expect(rows.map((row) => row.seq)).toEqual([3, 4]);
    expect(rows[0].payload).toEqual({
      n: 3,
      amount: '100000000000000000000',
      text: 'grüße \u0000',
    });
    expect(rows[1].previous).toBe(rows[0].hash);
  });

  it.each([
    [
      'a changed actor',
      "update audit_rows set actor = 'bert' where workspace = 'w1' and seq = 3",
      3,
    ],
    ['a changed time', "update audit_rows set at = 99 where workspace = 'w1' and seq = 1", 1],
    [
      'a changed person',
      "update audit_rows set person = null where workspace = 'w1' and seq = 6",
      6,
    ],
    [
      'a changed payload',
      "update audit_payloads set body = '{}' where workspace = 'w1' and seq = 4",
      4,
    ],
    [
      'a quietly erased payload',
      "update audit_payloads set body = null, salt = null, erased_at = 1 where workspace = 'w1' and seq = 4",
      4,
    ],
    ['a deleted payload', "delete from audit_payloads where workspace = 'w1' and seq = 2", 2],
    [
      'a deleted row',
      "delete from audit_payloads where workspace = 'w1' and seq = 2; delete from audit_rows where workspace = 'w1' and seq = 2",
      2,
    ],
    [
      'a cut end',
      "delete from audit_payloads where workspace = 'w1' and seq > 4; delete from audit_rows where workspace = 'w1' and seq > 4",
      5,
    ],
    ['a missing head', "delete from audit_heads where workspace = 'w1'", 1],
    ['a changed head', "update audit_heads set hash = repeat('0', 64) where workspace = 'w1'", 6],
    [
      'two rows exchanged',
      `update audit_rows a set at = b.at, kind = b.kind, payload_hash = b.payload_hash,
         previous = b.previous, hash = b.hash from audit_rows b
       where a.workspace = 'w1' and b.workspace = 'w1' and a.seq in (2, 3) and b.seq = 5 - a.seq`,
      2,
    ],
    [
      'a row slipped in',
      "insert into audit_rows select workspace, 7, at, actor, person, kind, payload_hash, hash, hash from audit_rows where workspace = 'w1' and seq = 6",
      7,
    ],
  ])('shows %s', async (_what, statement, at) => {
    for (const part of statement.split('; ')) await tamper(part.replaceAll('w1', one));
    expect((await verifyChain(database.db, one)).brokenAt).toBe(at);
    expect((await verifyChain(database.db, two)).brokenAt).toBeNull();
  });

  it.each([
    "update audit_rows set actor = 'bert'",
    'delete from audit_rows',
    'truncate audit_rows cascade',
    "update audit_payloads set body = '{}'",
    'delete from audit_payloads',
    'delete from audit_heads',
    'update audit_heads set seq = 1',
  ])('refuses: %s', async (statement) => {
    const refused = database.transaction((tx) => tx.execute(sql.raw(statement)));
    await expect(refused).rejects.toMatchObject({ cause: { code: '23000' } });
    expect((await verifyChain(database.db, one)).brokenAt).toBeNull();
  });
});

describe('the audit chain on postgres', () => {
  it('stays one chain when many append at once', async () => {
    const store = await freshStore('postgres');
    try {
      const append = (n: number) => store.transact((tx) => tx.audit.append(entry('w1', n)));
      await Promise.all(Array.from({ length: 40 }, (_, n) => append(n)));
      expect(await store.read.audit.verify('w1')).toMatchObject({ rows: 40, brokenAt: null });
    } finally {
      await store.close();
    }
  });

  it('verifies while others append', async () => {
    const store = await freshStore('postgres');
    try {
      const appending = (async () => {
        for (let n = 0; n < 60; n++) await store.transact((tx) => tx.audit.append(entry('w1', n)));
      })();
      for (let turn = 0; turn < 20; turn++)
        expect((await store.read.audit.verify('w1')).brokenAt).toBeNull();
      await appending;
      expect(await store.read.audit.verify('w1')).toMatchObject({ rows: 60, brokenAt: null });
    } finally {
      await store.close();
    }
  });
});
