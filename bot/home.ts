import { conversationKey, type Event, type Source, updateKey } from './event.ts';
import type { Scope, Tx } from './store.ts';

/** The one message of a home page: each later one takes its place. */
export const HOME = 'home';

/**
 * Where a platform's home page of somebody stands, for platforms that have one: a conversation of its
 * own that is opened by `home-opened`.
 */
export function homeOf(source: Pick<Source, 'platform' | 'installation' | 'identity'>): Source {
  const { platform, installation, identity } = source;
  return { platform, installation, identity, conversation: `home:${identity}` };
}

/**
 * Has a person's home pages drawn anew, because what happened elsewhere may have changed what they
 * show. `cause` names what happened, so that the same again is no second drawing.
 */
export async function refreshHomes(
  tx: Tx,
  scope: Scope,
  cause: { readonly id: string; readonly locale: string; readonly at: number },
): Promise<void> {
  const { at, locale } = cause;
  for (const identity of await tx.links.of(scope)) {
    const source = homeOf(identity);
    const conversation = conversationKey(source);
    if ((await tx.outbox.messageIds(conversation, HOME)) === null) continue;
    const body = { kind: 'lifecycle', what: 'home-opened' } as const;
    const event: Event = { id: `home:${cause.id}`, source, surface: 'direct', locale, at, body };
    await tx.lock(conversation);
    if (!(await tx.inbox.insert(updateKey(event), conversation, event, at))) continue;
    await tx.jobs.send('wake', { conversation }, { singletonKey: conversation });
  }
}
