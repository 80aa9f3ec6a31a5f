import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  freshPostgres,
  startPostgres,
  stopTestPostgres,
  testPostgres,
} from '../../fakes/postgres.ts';
import { pgliteTemplate, quiet } from '../../fakes/store.ts';
import { resolve } from '../../fakes/store-samples.ts';
import { openStore } from './index.ts';

afterAll(stopTestPostgres);

describe('a Postgres that fails', () => {
  it('case 25: killed inside a transaction, the process survives and later calls work', async () => {
    const databaseUrl = await freshPostgres();
    const server = await testPostgres();
    const store = await openStore({ home: '', databaseUrl, log: quiet });
    try {
      const anna = await resolve(store, 'anna');
      const inside = store.transact(async (tx) => {
        await tx.goals.put(anna, { kind: 'preserve' }, 1);
        await server.killConnections(new URL(databaseUrl).pathname.slice(1));
        return tx.goals.current(anna);
      });
      await expect(inside).rejects.toMatchObject({ name: 'PortError', code: 'unreachable' });
      expect(await store.read.goals.current(anna)).toBeNull();
      await store.transact((tx) => tx.goals.put(anna, { kind: 'preserve' }, 2));
      expect(await store.read.goals.current(anna)).toMatchObject({ at: 2 });
    } finally {
      await store.close();
    }
  });

  it('case 25: jobs run again after their connections were killed', async () => {
    const databaseUrl = await freshPostgres();
    const server = await testPostgres();
    const store = await openStore({ home: '', databaseUrl, log: quiet });
    try {
      const heard = Promise.withResolvers<string>();
      await store.work('wake', async (data) => heard.resolve(data.conversation));
      await server.killConnections(new URL(databaseUrl).pathname.slice(1));
      const send = () => store.transact((tx) => tx.jobs.send('wake', { conversation: 'c' }));
      // The pool may hand out one connection that does not yet know it is dead.
      await send().catch(send);
      expect(await heard.promise).toBe('c');
    } finally {
      await store.close();
    }
  });

  it('case 25: the whole server crashes, and the store and its jobs go on when it is back', async () => {
    const server = await startPostgres();
    const store = await openStore({ home: '', databaseUrl: await server.fresh(), log: quiet });
    try {
      const heard = Promise.withResolvers<string>();
      await store.work('wake', async (data) => heard.resolve(data.conversation));
      const anna = await resolve(store, 'anna');
      await server.crash();
      const wake = () =>
        store.transact((tx) => tx.jobs.send('wake', { conversation: anna.person }));
      await wake().catch(wake);
      expect(await heard.promise).toBe(anna.person);
      expect(await store.read.people.get(anna)).toEqual(anna);
    } finally {
      await store.close();
      await server.stop();
    }
  });

  it('case 26: with every connection taken, a call waits a bounded time and is refused', async () => {
    const databaseUrl = await freshPostgres();
    const limits = { connections: 1, connectionWaitMs: 200 };
    const store = await openStore({ home: '', databaseUrl, log: quiet, ...limits });
    try {
      const [entered, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const holding = store.transact(async () => {
        entered.resolve();
        await go.promise;
      });
      await entered.promise;
      const refused = store.transact(async () => 1);
      await expect(refused).rejects.toMatchObject({ name: 'PortError', code: 'timeout' });
      go.resolve();
      await holding;
      expect(await store.transact(async () => 1)).toBe(1);
    } finally {
      await store.close();
    }
  });

  it('runs a transaction again after a deadlock', async () => {
    const store = await openStore({ home: '', databaseUrl: await freshPostgres(), log: quiet });
    try {
      const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let runs = 0;
      const cross = (first: string, second: string, mine: () => void, other: Promise<void>) =>
        store.transact(async (tx) => {
          runs++;
          await tx.lock(first);
          mine();
          await other;
          await tx.lock(second);
        });
      await Promise.all([
        cross('a', 'b', one.resolve, two.promise),
        cross('b', 'a', two.resolve, one.promise),
      ]);
      expect(runs).toBe(3);
    } finally {
      await store.close();
    }
  });

  it('is named by host and port when it cannot be reached, never by its password', async () => {
    const port = await closedPort();
    const databaseUrl = `postgres://keel:swordfish@127.0.0.1:${port}/keel`;
    const opening = openStore({ home: '', databaseUrl, log: quiet });
    await expect(opening).rejects.toMatchObject({ name: 'PortError', code: 'unreachable' });
    await expect(opening).rejects.toThrow(`127.0.0.1:${port}`);
    await expect(opening).rejects.not.toThrow('swordfish');
  });

  it('says what is wrong with an address, a password or a name', async () => {
    const good = new URL(await freshPostgres());
    const opening = (databaseUrl: string) => openStore({ home: '', databaseUrl, log: quiet });
    await expect(opening('mysql://here/x')).rejects.toThrow('not a Postgres address');
    const [password, name] = [new URL(good), new URL(good)];
    password.password = 'wrong';
    name.pathname = '/nowhere';
    await expect(opening(password.href)).rejects.toThrow('refused the user or password');
    await expect(opening(name.href)).rejects.toThrow('does not exist');
  });

  it('is migrated once by processes that start together', async () => {
    const server = await testPostgres();
    await server.query('postgres', 'create database together');
    const databaseUrl = server.url('together');
    const stores = await Promise.all(
      [1, 2, 3].map(() => openStore({ home: '', databaseUrl, log: quiet })),
    );
    for (const store of stores) expect(await store.read.inbox.waiting()).toEqual([]);
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe('a database folder', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'keel-store-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const open = async () => openStore({ home, log: quiet, template: await pgliteTemplate() });

  it('case 44: refuses a second opener and says what to do', async () => {
    const store = await open();
    try {
      await expect(open()).rejects.toMatchObject({ name: 'PortError', code: 'locked' });
      await expect(open()).rejects.toThrow(/in use by process \d+: stop it first/);
    } finally {
      await store.close();
    }
    await (await open()).close();
  });

  it('case 44: refuses a second process, and opens once that one was killed', async () => {
    const module = fileURLToPath(new URL('./index.ts', import.meta.url));
    const script = `const { openStore } = await import(${JSON.stringify(module)});
      const log = { info() {}, warn() {}, error() {} };
      await openStore({ home: ${JSON.stringify(home)}, log });
      console.log('open'); setInterval(() => {}, 1000);`;
    await (await open()).close();
    const other = spawn(process.execPath, ['--input-type=module', '-e', script]);
    try {
      await new Promise<void>((ready, fail) => {
        other.stdout.once('data', () => ready());
        other.once('exit', () => fail(new Error('the other process ended')));
      });
      await expect(open()).rejects.toThrow(`process ${other.pid}`);
    } finally {
      const ended = new Promise((done) => other.once('exit', done));
      other.kill('SIGKILL');
      await ended;
    }
    await (await open()).close();
  });

  it('does not believe a lock whose number now belongs to another process', async () => {
    await (await open()).close();
    const { hostname } = await import('node:os');
    const stale = { pid: process.pid, began: 'another boot:1', host: hostname(), nonce: 'x' };
    writeFileSync(join(home, 'db.lock'), JSON.stringify(stale));
    await (await open()).close();
    expect(existsSync(join(home, 'db.lock'))).toBe(false);
  });

  it('respects the lock of another machine, and one that cannot be read', async () => {
    await (await open()).close();
    const away = { pid: 1, began: 'x', host: 'another-machine', nonce: 'x' };
    writeFileSync(join(home, 'db.lock'), JSON.stringify(away));
    await expect(open()).rejects.toThrow('process 1 on another-machine');
    writeFileSync(join(home, 'db.lock'), '');
    await expect(open()).rejects.toThrow('cannot be read');
  });

  it('that is damaged says so, says what to do and lets its lock go', async () => {
    await (await open()).close();
    truncateSync(join(home, 'db', 'global', 'pg_control'), 100);
    await expect(open()).rejects.toMatchObject({ name: 'PortError', code: 'damaged' });
    await expect(open()).rejects.toThrow(/restore a backup .* or move the folder away/);
    expect(existsSync(join(home, 'db.lock'))).toBe(false);
  });

  it('that holds something else is left alone', async () => {
    mkdirSync(join(home, 'db'));
    writeFileSync(join(home, 'db', 'thesis.txt'), 'precious');
    await expect(open()).rejects.toMatchObject({ code: 'damaged' });
    expect(readdirSync(join(home, 'db'))).toEqual(['thesis.txt']);
  });

  it('keeps everything over a close and an open', async () => {
    const first = await open();
    const anna = await resolve(first, 'anna');
    await first.close();
    const second = await open();
    expect(await second.read.people.get(anna)).toEqual(anna);
    await second.close();
  });
});

function closedPort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
