import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** A drizzle connection or transaction of either database: every query is written against it. */
export type Executor = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** Rows of a hand-written query. int8 comes back differently on the two databases: cast it to text. */
export async function rowsOf<T>(db: Executor, query: SQL): Promise<readonly T[]> {
  const result = (await db.execute(query)) as unknown as { readonly rows: readonly T[] };
  return result.rows;
}
