import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { conversationKey, eventSchema } from '../../bot/event.ts';
import type { InboxRow, Reads, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { inbox } from './schema/index.ts';

const waiting = and(isNull(inbox.doneAt), isNull(inbox.parkedAt));
const columns = {
  id: inbox.id,
  conversation: inbox.conversation,
  event: inbox.event,
  receivedAt: inbox.receivedAt,
  attempts: inbox.attempts,
};

export function readInbox(db: Executor): Reads['inbox'] {
  return {
    async next(conversation) {
      const [row] = await db
        .select(columns)
        .from(inbox)
        .where(and(eq(inbox.conversation, conversation), waiting))
        .orderBy(asc(inbox.id))
        .limit(1);
      return row ? toRow(row) : null;
    },
    async waiting() {
      const rows = await db
        .selectDistinct({ conversation: inbox.conversation })
        .from(inbox)
        .where(waiting)
        .orderBy(asc(inbox.conversation));
      return rows.map((row) => row.conversation);
    },
    async parked() {
      const rows = await db
        .select(columns)
        .from(inbox)
        .where(and(isNull(inbox.doneAt), isNotNull(inbox.parkedAt)))
        .orderBy(asc(inbox.id));
      return rows.map(toRow);
    },
    async heard(source) {
      const [row] = await db
        .select({ id: inbox.id })
        .from(inbox)
        .where(
          and(
            eq(inbox.platform, source.platform),
            eq(inbox.installation, source.installation),
            eq(inbox.identity, source.identity),
            eq(inbox.conversation, conversationKey(source)),
          ),
        )
        .limit(1);
      return row !== undefined;
    },
  };
}

export function writeInbox(tx: Executor): Tx['inbox'] {
  return {
    ...readInbox(tx),
    async insert(updateKey, conversation, event, at) {
      const { platform, installation, identity } = event.source;
      const added = await tx
        .insert(inbox)
        .values({
          updateKey,
          conversation,
          platform,
          installation,
          identity,
          event,
          receivedAt: at,
        })
        .onConflictDoNothing({ target: inbox.updateKey })
        .returning({ id: inbox.id });
      return added.length === 1;
    },
    async done(id, at) {
      const done = await tx
        .update(inbox)
        .set({
          doneAt: at,
          event: sql`case when ${inbox.eraseWhenDone} then null else ${inbox.event} end`,
          identity: sql`case when ${inbox.eraseWhenDone} then '' else ${inbox.identity} end`,
          conversation: sql`case when ${inbox.eraseWhenDone} then 'forgotten' else ${inbox.conversation} end`,
        })
        .where(and(eq(inbox.id, id), waiting))
        .returning({ id: inbox.id });
      return done.length === 1;
    },
    async failed(id, error, park, at) {
      const failed = await tx
        .update(inbox)
        .set({
          attempts: sql`${inbox.attempts} + 1`,
          error: printable(error),
          ...(park ? { parkedAt: at } : {}),
        })
        .where(and(eq(inbox.id, id), waiting))
        .returning({ id: inbox.id });
      return failed.length === 1;
    },
  };
}

/** Postgres text cannot hold NUL, and a note on an error needs no more than a few lines. */
export function printable(error: string): string {
  return error.replaceAll('\u0000', '').slice(0, 2_000);
}

function toRow(row: Omit<InboxRow, 'event'> & { readonly event: unknown }): InboxRow {
  return { ...row, event: eventSchema.parse(row.event) };
}
