import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrizzleQueryError } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { PortError } from '../../bot/errors.ts';
import { freshPostgres, stopTestPostgres } from '../../fakes/postgres.ts';
import { quiet } from '../../fakes/store.ts';
import { asPortError } from './failures.ts';
import { openStore } from './index.ts';
import { lockFolder } from './lock.ts';

afterAll(stopTestPostgres);

describe('a process that stalls', () => {
  it('does not keep others from what it had locked', async () => {
    const databaseUrl = await freshPostgres();
    const settings = { home: '', databaseUrl, log: quiet, stalledMs: 300 };
    const [stalled, other] = [await openStore(settings), await openStore(settings)];
    try {
      const [entered, wakes] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const held = stalled.transact(async (tx) => {
        await tx.lock('conversation');
        entered.resolve();
        await wakes.promise;
        await tx.lock('something else');
      });
      await entered.promise;
      await other.transact((tx) => tx.lock('conversation'));
      wakes.resolve();
      // The zombie is fenced: its transaction is gone, and it is told so.
      await expect(held).rejects.toMatchObject({ name: 'PortError', code: 'unreachable' });
      expect(await stalled.transact(async () => 'goes on')).toBe('goes on');
    } finally {
      await Promise.all([stalled.close(), other.close()]);
    }
  });
});

describe('a failure nobody foresaw', () => {
  it('is told without the values of its query, which are people’s data', () => {
    const error = new DrizzleQueryError(
      'insert into goals',
      ['20k for anna'],
      new TypeError('odd'),
    );
    expect(error.message).toContain('20k for anna');
    const told = asPortError(error, 'here');
    expect(told).toBeInstanceOf(PortError);
    expect((told as PortError).message).toContain('odd');
    expect((told as PortError).message).not.toContain('anna');
  });
});

describe.runIf(existsSync('/proc/self/ns/pid'))('a folder shared by containers', () => {
  it('is not taken over from one whose processes cannot be seen from here', () => {
    const home = mkdtempSync(join(tmpdir(), 'keel-lock-'));
    try {
      const folder = join(home, 'db');
      const lock = { pid: 4_194_300, began: '', host: hostname(), nonce: 'n' };
      writeFileSync(`${folder}.lock`, JSON.stringify({ ...lock, space: 'pid:[1]' }));
      expect(() => lockFolder(folder)).toThrow(/another container.*delete/);
      // The same number in this very process space is provably gone.
      writeFileSync(`${folder}.lock`, JSON.stringify(lock));
      lockFolder(folder)();
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
