import type { Event } from './event.ts';
import { conversationKey, eventSchema, updateKey } from './event.ts';
import type { Store } from './store.ts';

/**
 * Stores a delivery once and wakes its conversation, in one transaction; a platform is acknowledged
 * only after this resolves. The conversation's lock is taken first: without it a wake can coalesce
 * into a job that has just finished draining, and the event would wait for the sweeper.
 *
 * @returns false when this delivery had been stored before
 * @throws {z.ZodError} for what is no event: a mistake of its adapter
 */
export async function receive(store: Store, event: Event, now: number): Promise<boolean> {
  // What could not be read back would block its conversation for good.
  eventSchema.parse(event);
  const conversation = conversationKey(event.source);
  return store.transact(async (tx) => {
    await tx.lock(conversation);
    const fresh = await tx.inbox.insert(updateKey(event), conversation, event, now);
    if (fresh) await tx.jobs.send('wake', { conversation }, { singletonKey: conversation });
    return fresh;
  });
}
