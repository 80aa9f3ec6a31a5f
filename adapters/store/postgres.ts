import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { PortError } from '../../bot/errors.ts';
import type { Database, StoreSettings } from './database.ts';
import type { Executor } from './executor.ts';
import { asPortError } from './failures.ts';
import { newQueue } from './jobs.ts';
import { bringUpToDate, migrationsFolder } from './migrate.ts';

/** Connects to the Postgres of DATABASE_URL. */
export async function openPostgres(
  settings: StoreSettings & { readonly databaseUrl: string },
): Promise<Database> {
  const { databaseUrl, log } = settings;
  const where = placeOf(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'keel',
    max: settings.connections ?? 10,
    connectionTimeoutMillis: settings.connectionWaitMs ?? 2_500,
    // A process that stalls inside a transaction would keep its locks: a conversation's, or the audit's.
    idle_in_transaction_session_timeout: settings.stalledMs ?? 30_000,
    keepAlive: true,
  });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'an idle connection was lost'));
  // Without a listener of its own, a client that loses its backend inside a transaction ends the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ reason: error.message }, 'a connection was lost'));
  });
  const inner = drizzle({ client: pool, casing: 'snake_case' });
  const db = inner as unknown as Executor;
  try {
    await bringUpToDate(db, () => migrateAlone(pool));
  } catch (error) {
    await pool.end();
    throw asPortError(error, where);
  }
  return {
    kind: 'postgres',
    where,
    db,
    transaction: (work) => db.transaction((tx) => work(tx as unknown as Executor)),
    snapshot: (work) =>
      db.transaction(
        async (tx) => {
          // A backup or a move waits for what it writes to, and holds no lock that matters.
          await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
          return work(tx as unknown as Executor);
        },
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      ),
    jobs: () => newQueue({ connectionString: databaseUrl, max: 4 }),
    close: () => pool.end(),
  };
}

/** Processes that start together migrate one after the other. */
async function migrateAlone(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const one = drizzle({ client, casing: 'snake_case' });
    await one.execute(sql`select pg_advisory_lock(hashtextextended('keel:migrate', 0))`);
    await migrate(one, { migrationsFolder });
    await one.execute(sql`select pg_advisory_unlock(hashtextextended('keel:migrate', 0))`);
  } finally {
    client.release();
  }
}

/** Host and port of a database address, never its user or password. */
export function placeOf(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    if (!/^postgres(ql)?:$/.test(url.protocol)) throw new TypeError(url.protocol);
    return `${url.hostname || 'localhost'}:${url.port || '5432'}`;
  } catch {
    throw new PortError(
      'store',
      'refused',
      'DATABASE_URL is not a Postgres address; write it as postgres://user:password@host:5432/name.',
    );
  }
}
