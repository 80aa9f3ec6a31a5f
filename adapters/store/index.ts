import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../bot/store.ts';
import type { Database, StoreSettings } from './database.ts';
import { asPortError, isRetryable } from './failures.ts';
import { readsOf, txOf } from './groups.ts';
import { startJobs } from './jobs.ts';
import { guardReads, Outside } from './outside.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

export type { StoreSettings } from './database.ts';

const attempts = 5;

/** Opens the database that the settings name, migrated to the present schema. */
export function openDatabase(settings: StoreSettings): Promise<Database> {
  const { databaseUrl } = settings;
  return databaseUrl ? openPostgres({ ...settings, databaseUrl }) : openPglite(settings);
}

/**
 * Opens the store on a folder or, with a database address, on Postgres.
 * @throws {PortError} 'locked', 'damaged', 'unreachable' or 'refused', with what to do about it
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const database = await openDatabase(settings);
  try {
    return await createStore(database, settings);
  } catch (error) {
    await database.close();
    throw asPortError(error, database.where);
  }
}

/** The store on a database that is already open; closing the store closes it. */
export async function createStore(database: Database, settings: StoreSettings): Promise<Store> {
  const outside = new Outside();
  const failure = (error: unknown) => asPortError(error, database.where);
  const jobs = await startJobs(database, settings.log).catch((error: unknown) => {
    throw failure(error);
  });
  return {
    read: guardReads(readsOf(database.db), outside, failure),
    async transact(work) {
      outside.check();
      for (let attempt = 1; ; attempt++) {
        try {
          return await database.transaction((tx) =>
            outside.within(() => work(txOf(tx, jobs.send(tx)))),
          );
        } catch (error) {
          if (!isRetryable(error) || attempt === attempts) throw failure(error);
          await pause(2 ** attempt * 5 * (0.5 + Math.random()));
        }
      }
    },
    work: (name, handler) => jobs.work(name, (data) => outside.apart(() => handler(data))),
    rest: jobs.rest,
    async close() {
      await jobs.stop();
      await database.close();
    },
  };
}
