import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshDatabase } from '../../fakes/store.ts';
import type { Database } from './database.ts';
import { rowsOf } from './executor.ts';
import { createSlackInstallations } from './slack-installations.ts';

afterAll(stopTestPostgres);

const secret = new Uint8Array(32).fill(7);
const installation = {
  installation: 'T0001',
  team: 'T0001',
  enterprise: null,
  app: 'A0001',
  botUser: 'UBOT',
  token: 'xoxb-1-very-secret',
  scopes: ['chat:write', 'commands'],
  installedAt: 1_780_000_000_000,
};

describe.each(['pglite', 'postgres'] as const)('slack installations in %s', (kind) => {
  let database: Database;
  let installations: ReturnType<typeof createSlackInstallations>;
  beforeAll(async () => {
    database = await freshDatabase(kind);
    installations = createSlackInstallations(database, secret);
  });
  afterEach(() => database.db.execute(sql`delete from slack_installations`));
  afterAll(() => database.close());

  const everything = async () =>
    JSON.stringify(
      await rowsOf(database.db, sql`select t::text as row from slack_installations t`),
    );

  it('gives back what was installed, and keeps no token in the clear', async () => {
    await installations.put(installation);
    expect(await installations.find('T0001')).toEqual(installation);
    expect(await installations.find('T0002')).toBeNull();
    const stored = await everything();
    expect(stored).toContain('T0001');
    expect(stored).not.toContain('very-secret');
    expect(stored).not.toContain(Buffer.from('very-secret').toString('hex'));
  });

  it('seals the same token differently each time', async () => {
    await installations.put(installation);
    const first = await everything();
    await installations.put(installation);
    expect(await everything()).not.toBe(first);
  });

  it('takes the place of an earlier installation when Keel is installed again', async () => {
    await installations.put(installation);
    const again = { ...installation, token: 'xoxb-2-newer', installedAt: 1_780_000_100_000 };
    await installations.put(again);
    expect(await installations.find('T0001')).toEqual(again);
  });

  it('leaves nothing behind when it is removed', async () => {
    await installations.put(installation);
    expect(await installations.remove('T0001', installation.installedAt)).toBe(true);
    expect(await installations.find('T0001')).toBeNull();
    expect(await everything()).toBe('[]');
    expect(await installations.remove('T0001', installation.installedAt)).toBe(false);
  });

  it('keeps what was installed after the removal that is told late', async () => {
    await installations.put(installation);
    expect(await installations.remove('T0001', installation.installedAt - 1)).toBe(false);
    expect(await installations.find('T0001')).toEqual(installation);
  });

  it('opens no token in another workspace, with another secret or after a change', async () => {
    await installations.put(installation);
    const other = createSlackInstallations(database, new Uint8Array(32).fill(8));
    await expect(other.find('T0001')).rejects.toThrow(/secret of this Keel has changed/);
    await database.db.execute(sql`update slack_installations set enterprise = 'E0001'`);
    await expect(installations.find('T0001')).rejects.toThrow(/cannot be opened/);
    await database.db.execute(
      sql`update slack_installations set enterprise = null,
        sealed_token = set_byte(sealed_token, 40, get_byte(sealed_token, 40) # 1)`,
    );
    await expect(installations.find('T0001')).rejects.toThrow(/cannot be opened/);
  });

  it('lets a state be used once, and forgets it when it has run out', async () => {
    expect(await installations.spend('s1', 2_000, 1_000)).toBe(true);
    expect(await installations.spend('s1', 2_000, 1_500)).toBe(false);
    expect(await installations.spend('s2', 9_000, 3_000)).toBe(true);
    const left = await rowsOf(database.db, sql`select state from slack_states`);
    expect(left).toEqual([{ state: 's2' }]);
  });
});
