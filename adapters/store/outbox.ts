import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  isNotNull,
  isNull,
  lte,
  not,
  or,
  sql,
} from 'drizzle-orm';
import { z } from 'zod';
import { PortError } from '../../bot/errors.ts';
import { ticketSchema } from '../../bot/event.ts';
import type { OutboxRow, Reads, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { printable } from './inbox.ts';
import { inbox, outbox } from './schema/index.ts';

/** No wait is longer; a later time was set by a clock that has gone back since. */
const longestWaitMs = 3_600_000;
const isDue = (dueAt: number, now: number) => dueAt <= now || dueAt > now + longestWaitMs;

const answered = z.object({ ticket: ticketSchema });
const columns = {
  ...getTableColumns(outbox),
  // Whole, because Postgres cannot look inside JSON that holds a NUL, which people do send.
  event: sql<unknown>`(select ${inbox.event} from ${inbox} where ${inbox.id} = ${outbox.inboxId})`,
};

const unsent = and(isNull(outbox.sentAt), not(outbox.dead));

export function readOutbox(db: Executor): Reads['outbox'] {
  return {
    async next(conversation, now) {
      // A row that waits for its time holds back those behind it: messages stay in order.
      const [row] = await db
        .select(columns)
        .from(outbox)
        .where(and(eq(outbox.conversation, conversation), unsent))
        .orderBy(asc(outbox.id))
        .limit(1);
      return row && isDue(row.dueAt, now) ? toRow(row) : null;
    },
    async waiting(now) {
      const heads = db
        .selectDistinctOn([outbox.conversation], {
          conversation: outbox.conversation,
          dueAt: outbox.dueAt,
        })
        .from(outbox)
        .where(unsent)
        .orderBy(asc(outbox.conversation), asc(outbox.id))
        .as('heads');
      const rows = await db
        .select({ conversation: heads.conversation })
        .from(heads)
        .where(or(lte(heads.dueAt, now), gt(heads.dueAt, now + longestWaitMs)));
      return rows.map((row) => row.conversation);
    },
    parked: (limit) =>
      db
        .select({
          id: outbox.id,
          platform: outbox.platform,
          at: outbox.createdAt,
          error: outbox.error,
        })
        .from(outbox)
        .where(eq(outbox.dead, true))
        .orderBy(desc(outbox.id))
        .limit(limit),
    async messageIds(conversation, key) {
      const [row] = await db
        .select({ messageIds: outbox.messageIds })
        .from(outbox)
        .where(
          and(
            eq(outbox.conversation, conversation),
            eq(outbox.replyKey, key),
            isNotNull(outbox.sentAt),
          ),
        )
        .orderBy(desc(outbox.id))
        .limit(1);
      return row?.messageIds ?? null;
    },
  };
}

export function writeOutbox(tx: Executor): Tx['outbox'] {
  return {
    ...readOutbox(tx),
    async put(rows, at) {
      if (rows.length === 0) return;
      await tx.insert(outbox).values(
        rows.map((row) => ({
          conversation: row.conversation,
          platform: row.source.platform,
          installation: row.source.installation,
          sourceConversation: row.source.conversation,
          identity: row.source.identity,
          inboxId: row.inboxId,
          replyKey: row.reply.key,
          reply: row.reply,
          createdAt: at,
          // Due at once whatever the clock says: should it be set back, nobody waits for it.
          dueAt: 0,
        })),
      );
    },
    async claim(conversation, platforms, now, until) {
      for (;;) {
        const [head] = await tx
          .select(columns)
          .from(outbox)
          .where(and(eq(outbox.conversation, conversation), unsent))
          .orderBy(asc(outbox.id))
          .limit(1)
          .for('update');
        if (!head || !isDue(head.dueAt, now) || !platforms.includes(head.platform)) return null;
        if (await overtaken(tx, head)) {
          await tx.delete(outbox).where(eq(outbox.id, head.id));
          continue;
        }
        await tx.update(outbox).set({ dueAt: until }).where(eq(outbox.id, head.id));
        return toRow(head);
      }
    },
    async sent(id, messageIds, at) {
      await tx
        .update(outbox)
        .set({ sentAt: at, messageIds })
        .where(and(eq(outbox.id, id), unsent));
      await eraseGoodbye(tx, id);
    },
    async failed(id, error, retryAt) {
      await tx
        .update(outbox)
        .set({
          attempts: sql`${outbox.attempts} + 1`,
          error: printable(error),
          ...(retryAt === null ? { dead: true } : { dueAt: retryAt }),
        })
        .where(and(eq(outbox.id, id), unsent));
      if (retryAt === null) await eraseGoodbye(tx, id);
    },
    async postponed(id, why, until) {
      await tx
        .update(outbox)
        .set({ error: printable(why), dueAt: until })
        .where(and(eq(outbox.id, id), unsent));
    },
  };
}

/**
 * Whether a message says nothing but how far something is, and the next in its place waits already:
 * on a slow platform the answer would wait for every step on the way to it.
 */
async function overtaken(
  tx: Executor,
  { id, conversation, replyKey, reply }: typeof outbox.$inferSelect,
): Promise<boolean> {
  if (reply === null || !reply.blocks.every(({ kind }) => kind === 'progress')) return false;
  const [next] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.conversation, conversation),
        eq(outbox.replyKey, replyKey),
        gt(outbox.id, id),
        unsent,
      ),
    )
    .limit(1);
  return next !== undefined;
}

/** The answer to a wish to be forgotten is itself forgotten once it is said, or given up. */
async function eraseGoodbye(tx: Executor, id: number): Promise<void> {
  await tx
    .update(outbox)
    .set({
      ...{ reply: null, identity: '', conversation: 'forgotten', sourceConversation: 'forgotten' },
      ...{ replyKey: 'forgotten', messageIds: null },
    })
    .where(
      and(
        eq(outbox.id, id),
        sql`exists (select 1 from ${inbox} where ${inbox.id} = ${outbox.inboxId} and ${inbox.eraseWhenDone})`,
      ),
    );
}

function toRow(row: typeof outbox.$inferSelect & { readonly event: unknown }): OutboxRow {
  if (row.reply === null)
    throw new PortError('store', 'gone', `The message ${row.id} was erased before it was sent.`);
  return {
    id: row.id,
    conversation: row.conversation,
    source: {
      platform: row.platform,
      installation: row.installation,
      conversation: row.sourceConversation,
      identity: row.identity,
    },
    reply: row.reply,
    attempts: row.attempts,
    ticket: answered.safeParse(row.event).data?.ticket ?? null,
  };
}
