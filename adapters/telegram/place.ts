import { PortError } from '../../bot/errors.ts';
import type { Event } from '../../bot/event.ts';
import type { Destination } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import type { Self } from './parse.ts';

/** A chat, and the forum topic in it when there is one. */
export interface Place {
  readonly chat: string;
  readonly topic?: number;
}

/** "-100123/45" is topic 45 of a group. */
export function placeOf(conversation: string): Place {
  const [chat, topic] = conversation.split('/');
  return topic === undefined ? { chat } : { chat, topic: Number(topic) };
}

/**
 * Where a reply goes: personal ones only to the person's direct chat, whose id is the person's own.
 *
 * @throws {PortError} 'refused' for a personal reply in a group that is meant for nobody
 */
export function placeFor(to: Destination, reply: Pick<Reply, 'visibility'>): Place {
  const place = placeOf(to.conversation);
  if (reply.visibility === 'public' || place.chat === to.identity) return place;
  if (to.identity === '') {
    if (!place.chat.startsWith('-')) return place;
    throw new PortError('telegram', 'refused', 'A personal reply in a group needs its person.');
  }
  return { chat: to.identity };
}

/**
 * What was said in a group is answered, and goes on, in the direct chat: advice is personal, and a
 * dialogue begun in a group continues where its questions are read.
 */
export function heldInPrivate(event: Event): Event {
  if (event.surface === 'direct' || event.body.kind === 'lifecycle') return event;
  const said = event.body.kind === 'text' || event.body.kind === 'command';
  return {
    ...event,
    surface: 'direct',
    ...(said ? { overheard: true } : {}),
    source: { ...event.source, conversation: event.source.identity },
  };
}

/** The address that opens the direct chat and there asks what was asked in the group. */
export function directAddress(self: Self, event: Event | null): string {
  const name = event?.body.kind === 'command' ? event.body.name : null;
  const payload = name !== null && /^[a-z]{1,32}$/.test(name) ? `do_${name}` : 'hello';
  return `https://t.me/${self.username}?start=${payload}`;
}

/** Said in the group; nothing personal is in it. */
export const pointerText =
  'I talk about money in a direct chat only. Open it, press Start, and I answer you there.';
