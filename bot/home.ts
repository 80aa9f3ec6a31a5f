import { conversationKey, type Event, type Source, updateKey } from './event.ts';
import type { Draft } from './reply.ts';
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

/** The home pages of a person that stand now, on every account of theirs. */
export async function standingHomes(
  tx: Pick<Tx, 'links' | 'outbox'>,
  scope: Scope,
): Promise<readonly Source[]> {
  const standing: Source[] = [];
  for (const identity of await tx.links.of(scope)) {
    const source = homeOf(identity);
    const ids = await tx.outbox.messageIds(conversationKey(source), HOME);
    if (ids !== null && ids.length > 0) standing.push(source);
  }
  return standing;
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
  for (const source of await standingHomes(tx, scope)) {
    const conversation = conversationKey(source);
    const body = { kind: 'lifecycle', what: 'home-opened' } as const;
    // Two people of one workspace may share an account: each page is drawn by an event of its own.
    const id = `home:${cause.id}:${source.identity}`.slice(0, 200);
    const event: Event = { id, source, surface: 'direct', locale, at, body };
    await tx.lock(conversation);
    if (!(await tx.inbox.insert(updateKey(event), conversation, event, at))) continue;
    await tx.jobs.send('wake', { conversation }, { singletonKey: conversation });
  }
}

/** What is said when a home page could not be drawn: nobody asked in a chat, so it stands on the page. */
export function insteadOfPage({ body }: Event, drafts: readonly Draft[]): readonly Draft[] {
  const drawn = body.kind === 'lifecycle' && body.what === 'home-opened';
  if (!drawn) return drafts;
  return drafts.map((draft) => ({ ...draft, key: HOME, replaces: HOME, notify: 'silent' }));
}

/** What a home page says once everything it showed was erased. */
export const emptiedHome: Draft = {
  key: HOME,
  replaces: HOME,
  visibility: 'private',
  notify: 'silent',
  blocks: [
    { kind: 'text', style: 'title', text: 'Keel' },
    {
      kind: 'text',
      text: 'What stood here was erased. Say hello to me at any time to begin anew.',
    },
  ],
  actions: [],
};
