import type { Source } from './event.ts';
import type { Reply } from './reply.ts';
import type { Tx } from './store.ts';

/** Held by whoever owes a conversation something, and taken by its delivery before it looks. */
export function deliveryLock(conversation: string): string {
  return `deliver:${conversation}`;
}

/**
 * Puts replies in a conversation's outbox with the job that delivers them. The lock makes the job
 * look after this commit, or a job of its own be sent: without it the job can coalesce into one
 * that has just found nothing, and the reply would wait for the sweeper.
 */
export async function owe(
  tx: Tx,
  to: { readonly conversation: string; readonly source: Source; readonly inboxId: number | null },
  replies: readonly Reply[],
  at: number,
): Promise<void> {
  if (replies.length === 0) return;
  const { conversation } = to;
  await tx.outbox.put(
    replies.map((reply) => ({ ...to, reply })),
    at,
  );
  await tx.lock(deliveryLock(conversation));
  await tx.jobs.send('deliver', { conversation }, { singletonKey: conversation });
}
