import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fromPglite } from 'pg-boss';
import { PortError } from '../../bot/errors.ts';
import type { Database, StoreSettings } from './database.ts';
import type { Executor } from './executor.ts';
import { asPortError } from './failures.ts';
import { newQueue } from './jobs.ts';
import { lockFolder } from './lock.ts';
import { bringUpToDate, migrationsFolder } from './migrate.ts';

const memory = 'memory://';

/** Opens (or makes) the folder database of a home; `memory://` is one that keeps nothing. */
export async function openPglite(settings: StoreSettings): Promise<Database> {
  if (settings.home === memory)
    return database(await make(memory, settings.template), memory, noLock);
  const folder = join(settings.home, 'db');
  let unlock = noLock;
  try {
    unlock = lockFolder(folder);
    return await database(await openFolder(folder, settings.template), folder, unlock);
  } catch (error) {
    unlock();
    throw asPortError(error, folder);
  }
}

async function database(lite: PGlite, where: string, unlock: () => void): Promise<Database> {
  const inner = drizzle({ client: lite, casing: 'snake_case' });
  const db = inner as unknown as Executor;
  try {
    await bringUpToDate(db, () => migrate(inner, { migrationsFolder }));
  } catch (error) {
    await lite.close();
    throw error;
  }
  return {
    kind: 'pglite',
    where,
    db,
    transaction: (work) => db.transaction((tx) => work(tx as unknown as Executor)),
    snapshot: (work) =>
      db.transaction((tx) => work(tx as unknown as Executor), {
        isolationLevel: 'repeatable read',
        accessMode: 'read only',
      }),
    jobs: () => newQueue({ db: fromPglite(lite), backend: 'pglite' }),
    close: async () => {
      await lite.close();
      unlock();
    },
  };
}

/** A new folder is made under another name, so that a first start cut short leaves nothing half made. */
async function openFolder(folder: string, template: Blob | undefined): Promise<PGlite> {
  if (!existsSync(folder) || readdirSync(folder).length === 0) {
    const draft = `${folder}.new`;
    rmSync(draft, { recursive: true, force: true });
    await (await make(draft, template)).close();
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } else if (!existsSync(join(folder, 'PG_VERSION'))) {
    throw damaged(folder, 'it holds something that is not a database');
  }
  try {
    const lite = await make(folder, undefined);
    await lite.query('select 1');
    return lite;
  } catch (error) {
    throw damaged(folder, error instanceof Error ? error.message : String(error));
  }
}

async function make(dataDir: string, template: Blob | undefined): Promise<PGlite> {
  const lite = await PGlite.create(template ? { dataDir, loadDataDir: template } : { dataDir });
  // Drizzle brings parsers of its own to every query, and PGlite copies its whole table for each:
  // three hundred array types, half of the time of a query. Behind the scalars, pg-boss still finds them.
  lite.parsers = Object.assign(Object.create(lite.parsers), types.parsers);
  return lite;
}

function damaged(folder: string, why: string): PortError {
  // The database in WebAssembly ends without a word for people.
  const silent = /Aborted|failed to initialize|unreachable|memory access/i.test(why);
  const reason = silent ? 'its files are damaged' : why.replace(/\s+/g, ' ').slice(0, 200);
  return new PortError(
    'store',
    'damaged',
    `The database folder ${folder} cannot be read (${reason}): restore a backup into a new KEEL_HOME, or move the folder away to start empty.`,
  );
}

function noLock(): void {
  // Nothing outside this process can reach a database in memory.
}
