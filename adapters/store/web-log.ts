import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import type { Executor } from './executor.ts';
import { asPortError } from './failures.ts';
import { webMessages } from './schema/web.ts';

interface Entry {
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly operation: unknown;
  /** Earlier keys and the position whose message this one replaces in place; its own key always. */
  readonly replaces: { readonly keys: readonly string[]; readonly position: number | null };
}

interface Row {
  readonly cursor: number;
  readonly position: number;
  readonly key: string;
  readonly at: number;
  readonly operation: unknown;
}

const columns = {
  cursor: webMessages.cursor,
  position: webMessages.position,
  key: webMessages.key,
  at: webMessages.at,
  operation: webMessages.operation,
};

/**
 * The web chat's message log. A message is replaced by a new row at the old position, so a reader
 * that asks for what changed after a cursor learns of it.
 */
export function createWebLog({ db, transaction, where }: Database) {
  const standing = (conversation: string) =>
    and(eq(webMessages.conversation, conversation), isNull(webMessages.replacedBy));

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asPortError(error, where);
    }
  }

  async function put(tx: Executor, conversation: string, entry: Entry): Promise<Row> {
    // Cursors of one conversation become visible in order: a later one never commits first.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`web-log:${conversation}`}, 0))`,
    );
    const { keys, position } = entry.replaces;
    const [old] = await tx
      .select(columns)
      .from(webMessages)
      .where(
        and(
          standing(conversation),
          or(
            inArray(webMessages.key, [entry.key, ...keys]),
            position === null ? undefined : eq(webMessages.position, position),
          ),
        ),
      )
      .orderBy(desc(webMessages.cursor))
      .limit(1);
    if (old?.key === entry.key && same(old.operation, entry.operation)) return old;
    const { key, at, operation } = entry;
    const [added] = await tx
      .insert(webMessages)
      .values({ conversation, key, at, operation, position: old?.position ?? 0 })
      .returning(columns);
    if (old !== undefined) {
      await tx
        .update(webMessages)
        .set({ replacedBy: added.cursor })
        .where(eq(webMessages.cursor, old.cursor));
      return added;
    }
    await tx
      .update(webMessages)
      .set({ position: added.cursor })
      .where(eq(webMessages.cursor, added.cursor));
    return { ...added, position: added.cursor };
  }

  return {
    /** Appends, or replaces in place; the same operation again changes nothing. */
    put: (conversation: string, entry: Entry): Promise<Row> =>
      guarded(() => transaction((tx) => put(tx, conversation, entry))),

    /** Messages that stand, changed after a cursor, oldest change first. */
    after: (conversation: string, cursor: number, limit: number): Promise<Row[]> =>
      guarded(() =>
        db
          .select(columns)
          .from(webMessages)
          .where(and(standing(conversation), gt(webMessages.cursor, cursor)))
          .orderBy(asc(webMessages.cursor))
          .limit(limit),
      ),

    /** The last messages that stand before a position, in order of position. */
    page: (conversation: string, before: number | null, limit: number): Promise<Row[]> =>
      guarded(async () => {
        const earlier = before === null ? undefined : lt(webMessages.position, before);
        const newest = await db
          .select(columns)
          .from(webMessages)
          .where(and(standing(conversation), earlier))
          .orderBy(desc(webMessages.position))
          .limit(limit);
        return newest.reverse();
      }),

    /** The message that stands at a position. */
    at: (conversation: string, position: number): Promise<Row | null> =>
      guarded(async () => {
        const [row] = await db
          .select(columns)
          .from(webMessages)
          .where(and(standing(conversation), eq(webMessages.position, position)));
        return row ?? null;
      }),
  };
}

function same(stored: unknown, given: unknown): boolean {
  return JSON.stringify(stored) === JSON.stringify(given);
}
