import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type StoreSettings } from '../adapters/store/index.ts';
import * as schema from '../adapters/store/schema/index.ts';
import { tableNames } from '../adapters/store/tables.ts';
import type { Scope, Store } from '../bot/store.ts';
import { freshPostgres, stopTestPostgres } from '../fakes/postgres.ts';
import { pgliteTemplate, quiet } from '../fakes/store.ts';
import * as sample from '../fakes/store-samples.ts';
import { auditAll } from './audit.ts';
import { backupTo } from './backup.ts';
import { move } from './move.ts';
import { restoreFrom } from './restore.ts';

afterAll(stopTestPostgres);

let home: string;
let settings: StoreSettings & { readonly databaseUrl: string };
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'keel-ops-'));
  const template = await pgliteTemplate();
  settings = { home, databaseUrl: await freshPostgres(), log: quiet, template };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const folder = () => ({ ...settings, databaseUrl: undefined });
const elsewhere = async () => ({ ...settings, databaseUrl: await freshPostgres() });

/** Puts a row in every table, with every value that a careless copy would spoil. */
async function live(where: StoreSettings): Promise<Scope> {
  const store = await openStore(where);
  const anna = await sample.resolve(store, 'anna');
  const odd = { text: 'nul \u0000 half \ud83d "quote\' \\ {a,b} NULL \n 💶', empty: '' };
  await store.transact(async (tx) => {
    await tx.answers.put(anna, 'v1', odd, 1);
    await tx.goals.put(anna, { b: 1, a: [1 / 3, 5e-324, null, 1e300] }, 1);
    await tx.dialogues.put(anna, 'c', odd, 0);
    await tx.buttons.put([sample.buttonOf(anna, 'b1')]);
    await tx.inbox.insert('u1', 'c', sample.textEvent('u1', 'anna', odd.text), 1);
    const reply = sample.textReply('k', odd.text);
    const out = { conversation: 'c', source: sample.sourceOf('anna'), inboxId: 1, reply };
    await tx.outbox.put([out], 1);
    await tx.artifacts.put(
      'h',
      Uint8Array.from({ length: 70_000 }, (_, i) => i * 7),
    );
    await tx.recommendations.put(sample.recommendationOf(anna, 'r1'));
    const proposal = sample.proposalOf(anna, 'p1', 'r1');
    await tx.proposals.insert(proposal);
    const order = sample.orderOf(proposal, 1);
    await tx.orders.prepare(order);
    await tx.orders.addFills(anna, [sample.fillOf(order, 'f1')]);
    await tx.ledger.append(anna, [
      sample.entryOf('l1', { cashMinor: 2n ** 62n, asset: '', units: 1n }),
    ]);
    const transfer = { id: 't1', asset: null, units: 0n, cashMinor: 5n, currency: 'USD' };
    await tx.transfers.owe({ ...transfer, workspace: anna.workspace, person: anna.person });
    const bars = Array.from({ length: 4_500 }, (_, day) => ({
      ...{ asset: 'SPY', day, open: null, close: 100 + Math.sin(day), volume: day / 3 },
    }));
    await tx.bars.put('csv', 1, bars, [{ asset: 'SPY', day: 1, dividend: 0.1, split: 1 }]);
    for (let n = 0; n < 3; n++) {
      const entry = { workspace: anna.workspace, actor: 'anna', person: anna.person };
      await tx.audit.append({ ...entry, kind: 'said', payload: odd, at: n });
    }
  });
  await store.close();
  return anna;
}

/** Everything that can be read, as one comparable value. */
async function everything(where: StoreSettings, scope: Scope): Promise<unknown> {
  const store = await openStore(where);
  try {
    return {
      held: await store.read.export(scope),
      artifact: Buffer.from((await store.read.artifacts.get('h')) ?? []).toString('hex'),
      bars: await store.read.bars.all('csv'),
      inbox: await store.read.inbox.next('c'),
      outbox: await store.read.outbox.next('c', 1),
      transfers: (await store.read.transfers.pending(9)).map((one) => `${one.id} ${one.cashMinor}`),
      audit: await store.read.audit.verify(scope.workspace),
    };
  } finally {
    await store.close();
  }
}

async function nextIds(where: StoreSettings): Promise<readonly (number | undefined)[]> {
  const store: Store = await openStore(where);
  try {
    await store.transact((tx) => tx.inbox.insert('u9', 'd', sample.textEvent('u9', 'anna'), 1));
    await store.transact((tx) => tx.bars.put('second source', 1, [], []));
    return [(await store.read.inbox.next('d'))?.id];
  } finally {
    await store.close();
  }
}

describe('moving a database', () => {
  it('knows every table of the schema', () => {
    const tables = Object.values(schema).filter((one) => is(one, PgTable));
    expect([...tableNames].sort()).toEqual(tables.map((one) => getTableName(one)).sort());
  });

  it('takes everything to Postgres and back, bit for bit, and goes on counting', async () => {
    const anna = await live(folder());
    const before = await everything(folder(), anna);
    expect(await move('to-postgres', settings)).toMatch(/Moved 45\d\d rows .* 1 audit chain holds/);
    expect(await everything(settings, anna)).toEqual(before);
    expect(await everything(folder(), anna)).toEqual(before);
    const back = { ...settings, home: join(home, 'back') };
    await move('to-folder', back);
    expect(await everything({ ...back, databaseUrl: undefined }, anna)).toEqual(before);
    expect(await nextIds(settings)).toEqual([2]);
    expect(await nextIds({ ...back, databaseUrl: undefined })).toEqual([2]);
  });

  it('refuses a target that is not empty, and a direction that is none', async () => {
    await live(folder());
    await move('to-postgres', settings);
    await expect(move('to-postgres', settings)).rejects.toThrow('is not empty');
    await expect(move('sideways', settings)).rejects.toThrow('npm run move -- to-postgres');
    await expect(move('to-postgres', folder())).rejects.toThrow('DATABASE_URL is not set');
  });
});

describe('a backup', () => {
  it.each(['folder', 'postgres'] as const)(
    'of a %s restores bit for bit into either',
    async (kind) => {
      const from = kind === 'folder' ? folder() : settings;
      const anna = await live(from);
      const before = await everything(from, anna);
      const file = join(home, 'backups', 'one.keel.gz');
      expect(await backupTo(file, from, 1)).toContain('Backed up 45');
      expect(readdirSync(join(home, 'backups'))).toEqual(['one.keel.gz']);
      const targets = [await elsewhere(), { ...folder(), home: join(home, 'restored') }];
      for (const target of targets) {
        expect(await restoreFrom(file, target)).toContain('1 audit chain holds');
        expect(await everything(target, anna)).toEqual(before);
        expect(await nextIds(target)).toEqual([2]);
      }
      await expect(restoreFrom(file, targets[0])).rejects.toThrow('is not empty');
    },
  );

  it('that is damaged anywhere is refused and leaves nothing behind', async () => {
    await live(settings);
    const file = join(home, 'one.keel.gz');
    await backupTo(file, settings, 1);
    const whole = readFileSync(file);
    const plain = gunzipSync(whole).toString('utf8');
    const flipped = Buffer.from(whole);
    flipped[whole.length >> 1] ^= 0x10;
    const cases: Readonly<Record<string, Buffer>> = {
      empty: Buffer.alloc(0),
      'not a gzip': Buffer.from('hello'),
      'cut short': whole.subarray(0, whole.length - 500),
      'one bit flipped': flipped,
      'another file': gzipSync('{"format":"other"}\n'),
      'one value changed': gzipSync(plain.replace('person-', 'persoN-')),
      'one line missing': gzipSync(plain.replace(/\n\["1","SPY","77",.*\n/, '\n')),
      'its end missing': gzipSync(plain.split('\n').slice(0, -2).join('\n')),
    };
    const target = await elsewhere();
    for (const [what, bytes] of Object.entries(cases)) {
      writeFileSync(file, bytes);
      await expect(restoreFrom(file, target), what).rejects.toMatchObject({ code: 'damaged' });
    }
    writeFileSync(file, whole);
    expect(await restoreFrom(file, target)).toContain('Restored');
    await expect(restoreFrom(join(home, 'none'), target)).rejects.toThrow('There is no backup');
  });

  it('made by a newer Keel is refused with that reason', async () => {
    await live(settings);
    const file = join(home, 'one.keel.gz');
    await backupTo(file, settings, 1);
    const newer = gunzipSync(readFileSync(file)).toString().replace('"version":1', '"version":2');
    writeFileSync(file, gzipSync(newer));
    await expect(restoreFrom(file, await elsewhere())).rejects.toThrow('newer version of Keel');
    copyFileSync(file, `${file}.copy`);
  });
});

describe('the audit command', () => {
  it('prints rows and head of every workspace, and finds a record replaced as a whole', async () => {
    const anna = await live(settings);
    const report = await auditAll(settings);
    expect(report.whole).toBe(true);
    expect(report.lines).toEqual([
      `${anna.workspace}: 3 rows, whole, head ${report.heads[anna.workspace].head}`,
    ]);
    expect((await auditAll(settings, report.heads)).whole).toBe(true);
    const forged = { [anna.workspace]: { rows: 2, head: 'f'.repeat(64) } };
    expect(await auditAll(settings, forged)).toMatchObject({ whole: false });
    const empty = await auditAll(await elsewhere(), report.heads);
    expect(empty.lines[0]).toContain('REWRITTEN');
  });

  it('says when there is nothing yet', async () => {
    const report = await auditAll(settings);
    expect(report).toMatchObject({
      whole: true,
      lines: [expect.stringContaining('no audit record')],
    });
  });
});
