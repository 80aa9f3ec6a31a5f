import type { Event } from '../../bot/event.ts';
import { type Begun, clean, fileEvent, timeOf } from './parse.ts';
import type { Attachment, Message } from './payload.ts';
import { spoken } from './spoken.ts';

/** Where in a server somebody spoke: closed direct messages are said there. */
export interface Spot {
  readonly channel: string;
  readonly message: string;
}

export type ParsedMessage =
  | { readonly kind: 'event'; readonly event: Event; readonly spot: Spot | null }
  | {
      readonly kind: 'file';
      readonly event: Event;
      readonly attachment: Attachment;
      /** Files that came with it and are not read. */
      readonly more: number;
      readonly spot: Spot | null;
    }
  | { readonly kind: 'unreadable'; readonly begun: Begun; readonly problem: string }
  | { readonly kind: 'ignored'; readonly reason: string };

/** Who we are: old applications and their bot user have different ids. */
export interface Self {
  readonly application: string;
  readonly user: string;
}

const ordinary = [0, 19];

/**
 * A message as an event, or why it is none. Pure. In a server only what names the bot is for it, and
 * Discord hands over nothing else; it is answered in the direct chat.
 */
export function parseMessage(given: Message, self: Self, now: number): ParsedMessage {
  const { author, attachments } = given;
  if (author.id === self.user) return ignored('Our own message.');
  if (author.bot || given.webhook_id != null) return ignored('Bots are not advised.');
  if (!ordinary.includes(given.type)) return ignored('News of the place, said by nobody.');
  const direct = given.guild_id == null;
  if (!direct && !given.mentions.some(({ id }) => id === self.user)) {
    return ignored('Not said to the bot.');
  }
  const spot = direct ? null : { channel: given.channel_id, message: given.id };
  const replied = given.message_reference?.message_id;
  const written = Date.parse(given.timestamp);
  const begun: Begun = {
    id: given.id,
    source: {
      platform: 'discord',
      installation: self.application,
      conversation: author.id,
      identity: author.id,
    },
    surface: 'direct',
    ...(direct ? {} : { overheard: true }),
    ...(replied ? { message: replied } : {}),
    // Messages do not say a language.
    locale: 'en-US',
    at: Number.isNaN(written) ? (timeOf(given.id) ?? now) : written,
  };
  const text = withoutMention(clean(given.content), self.user);
  const [attachment, ...more] = attachments;
  if (attachment !== undefined) {
    const event = fileEvent(begun, attachment, text);
    return { kind: 'file', event, attachment, more: more.length, spot };
  }
  if (text === '' && direct) {
    const problem =
      'I can read words and CSV files, not this. Type what you need, or /help to see what I can do.';
    return { kind: 'unreadable', begun, problem };
  }
  return { kind: 'event', event: { ...begun, body: spoken(text) }, spot };
}

function withoutMention(text: string, user: string): string {
  return text.replaceAll(new RegExp(`<@!?${user}>`, 'g'), ' ').trim();
}

function ignored(reason: string): { readonly kind: 'ignored'; readonly reason: string } {
  return { kind: 'ignored', reason };
}
