import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { PortError } from '../../bot/errors.ts';
import { type Executor, rowsOf } from './executor.ts';

export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** When the newest migration of this program was made: the schema's version. */
export function currentSchema(): number {
  return Math.max(...readMigrationFiles({ migrationsFolder }).map((one) => one.folderMillis));
}

/** The schema's version in a database; 0 for an empty one. */
export async function storedSchema(db: Executor): Promise<number> {
  const [there] = await rowsOf<{ found: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
  );
  if (!there.found) return 0;
  const [last] = await rowsOf<{ at: string | null }>(
    db,
    sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`,
  );
  return Number(last.at ?? 0);
}

/** Brings a database to the current schema; does nothing, quickly, when it is there already. */
export async function bringUpToDate(db: Executor, migrate: () => Promise<void>): Promise<void> {
  const [stored, current] = [await storedSchema(db), currentSchema()];
  if (stored > current)
    throw new PortError(
      'store',
      'refused',
      'This database was written by a newer version of Keel; update Keel, or point it at another database.',
    );
  if (stored < current) await migrate();
}
