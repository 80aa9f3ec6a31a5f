import { PortError } from '../../bot/errors.ts';
import type { Destination } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';

/** Where a message goes, and who sees it. */
export type Place =
  /** A direct chat, or a channel for all who are in it. */
  | { readonly kind: 'channel'; readonly channel: string; readonly thread?: string }
  /** In a channel, shown to one person alone. */
  | {
      readonly kind: 'ephemeral';
      readonly channel: string;
      readonly user: string;
      readonly thread?: string;
    }
  /** A person's direct chat, whose id has to be asked for. */
  | { readonly kind: 'direct'; readonly user: string }
  /** A person's Home tab. */
  | { readonly kind: 'home'; readonly user: string };

/** The Home tab's one reply. */
const homeKey = 'home';

/** The conversation of one person in a channel or thread: two people there never share one. */
export function channelConversation(channel: string, user: string, thread?: string): string {
  return [channel, user, ...(thread === undefined ? [] : [thread])].join(':');
}

export function homeConversation(user: string): string {
  return `home:${user}`;
}

export function isHome({ conversation }: { readonly conversation: string }): boolean {
  return conversation.startsWith('home:');
}

export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/**
 * Where a reply goes. In a channel a person is answered for their eyes alone; the Home tab shows its
 * own reply, and all others go to the direct chat.
 *
 * @throws {PortError} 'refused' for a personal reply among others that is meant for nobody, or for
 *   somebody else than whose conversation it is
 */
export function placeFor(to: Destination, reply: Pick<Reply, 'visibility' | 'key'>): Place {
  const [channel, user, thread] = to.conversation.split(':');
  const mine = user ?? to.identity;
  if (to.identity !== '' && mine !== to.identity) {
    throw new PortError('slack', 'refused', 'A reply for one person is not given to another.');
  }
  if (channel === 'home') return { kind: reply.key === homeKey ? 'home' : 'direct', user: mine };
  if (user !== undefined) {
    return { kind: 'ephemeral', channel, user, ...(thread === undefined ? {} : { thread }) };
  }
  if (isDirect(channel) || reply.visibility === 'public') return { kind: 'channel', channel };
  if (mine === '') {
    throw new PortError('slack', 'refused', 'A personal reply in a channel needs its person.');
  }
  return { kind: 'ephemeral', channel, user: mine };
}

/** Said in the channel, to one person; nothing personal is in it. */
export const pointerText = 'I answered in our direct chat: open Keel under Apps.';
