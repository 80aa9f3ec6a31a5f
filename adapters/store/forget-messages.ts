import { and, eq, inArray, isNull, not, sql } from 'drizzle-orm';
import type { Scope } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { identities, inbox, outbox, webMessages } from './schema/index.ts';

/**
 * Erases what a person wrote and was told, on every account known to be theirs. The rows stay, so
 * that a delivery repeated later is still known and does nothing.
 * @returns how many messages lost their words
 */
export async function eraseMessages(tx: Executor, scope: Scope): Promise<number> {
  const accounts = await tx
    .select()
    .from(identities)
    .where(and(eq(identities.workspace, scope.workspace), eq(identities.person, scope.person)));
  let erased = 0;
  for (const { platform, installation, identity } of accounts) {
    const received = and(
      eq(inbox.platform, platform),
      eq(inbox.installation, installation),
      eq(inbox.identity, identity),
    );
    const written = await tx
      .update(inbox)
      .set({ event: null, identity: '', conversation: 'forgotten', error: null })
      .where(and(received, not(isNull(inbox.doneAt))))
      .returning({ id: inbox.id });
    // Parked events will never be done: nobody is left to ask for them.
    const parked = await tx
      .update(inbox)
      .set({
        ...{ event: null, identity: '', conversation: 'forgotten', error: null },
        doneAt: sql`${inbox.parkedAt}`,
      })
      .where(and(received, isNull(inbox.doneAt), not(isNull(inbox.parkedAt))))
      .returning({ id: inbox.id });
    // The event being handled, first of its conversation, still has to be marked done: then it goes too.
    const heads = tx
      .select({ id: sql`min(${inbox.id})` })
      .from(inbox)
      .where(and(received, isNull(inbox.doneAt)))
      .groupBy(inbox.conversation);
    await tx.update(inbox).set({ eraseWhenDone: true }).where(inArray(inbox.id, heads));
    const told = await tx
      .update(outbox)
      .set({
        ...{
          reply: null,
          identity: '',
          conversation: 'forgotten',
          sourceConversation: 'forgotten',
        },
        ...{ replyKey: 'forgotten', messageIds: null, error: null },
        dead: sql`${outbox.sentAt} is null`,
      })
      .where(
        and(
          eq(outbox.platform, platform),
          eq(outbox.installation, installation),
          eq(outbox.identity, identity),
        ),
      )
      .returning({ id: outbox.id });
    if (platform === 'web') {
      await tx.delete(webMessages).where(eq(webMessages.conversation, identity));
    }
    erased += written.length + parked.length + told.length;
  }
  return erased;
}
