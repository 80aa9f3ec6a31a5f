import type { Body, Event } from '../../bot/event.ts';
import { readPressed } from './keyboard.ts';
import type { Document, Message, Update } from './update.ts';

/** Who we are on Telegram, from getMe. */
export interface Self {
  readonly id: number;
  readonly username: string;
}

/**
 * What an update comes to. `event` waits for a document's content, which only its download has;
 * `form` opens the command that asks for what the form would; `answer` is said to who pressed.
 */
export type Parsed =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'document'; readonly event: Event; readonly document: Document }
  | { readonly kind: 'form'; readonly event: Event; readonly token: string }
  | { readonly kind: 'unreadable'; readonly event: Omit<Event, 'body'>; readonly problem: string }
  | { readonly kind: 'ignored'; readonly reason: string; readonly answer?: string };

/** Commands that an address t.me/<bot>?start=do_<name> opens. */
const deepLink = /^do_([a-z]+)$/;

/** An update as an event, or why it is none. Pure: `now` stands in where Telegram says no time. */
export function parse(update: Update, self: Self, now: number): Parsed {
  if (update.message) return message(update.message, update.update_id, self);
  if (update.callback_query) return pressed(update, self, now);
  if (update.my_chat_member) return member(update, self);
  if (update.edited_message) {
    return ignored('An edited message stays as it was first sent; what it asked is under way.');
  }
  return ignored('This kind of update is not asked for.');
}

function message(given: Message, id: number, self: Self): Parsed {
  const { from, chat } = given;
  if (chat.type === 'channel') return ignored('Channels are for reading.');
  if (from === undefined || given.sender_chat !== undefined) {
    return ignored('Somebody who writes as a group or channel is no person to advise.');
  }
  if (from.is_bot) return ignored('Bots are not advised.');
  const event: Omit<Event, 'body'> = {
    id: String(id),
    ...place(given, from, self),
    ...(given.reply_to_message ? { message: String(given.reply_to_message.message_id) } : {}),
    at: given.date * 1_000,
  };
  if (given.document) {
    if (chat.type !== 'private' && !addressed(given, self)) return ignored('Not said to the bot.');
    const body: Body = {
      kind: 'file',
      caption: clean(given.caption ?? ''),
      file: {
        name: clean((given.document.file_name ?? 'file').slice(0, 255)),
        mediaType: clean((given.document.mime_type ?? 'application/octet-stream').slice(0, 127)),
        bytes: 0,
        content: '',
      },
    };
    return { kind: 'document', event: { ...event, body }, document: given.document };
  }
  if (given.text === undefined) {
    if (chat.type !== 'private') return ignored('Not said to the bot.');
    const problem =
      'I can read words and CSV files, not this. Type what you need, or /help to see what I can do.';
    return { kind: 'unreadable', event, problem };
  }
  const command = readCommand(given.text, self);
  if (command === 'other') return ignored('A command for another bot.');
  if (command !== null) return { kind: 'event', event: { ...event, body: command } };
  if (chat.type !== 'private' && !addressed(given, self)) return ignored('Not said to the bot.');
  return {
    kind: 'event',
    event: { ...event, body: { kind: 'text', text: withoutMention(clean(given.text), self) } },
  };
}

function pressed(update: Update, self: Self, now: number): Parsed {
  const query = update.callback_query!;
  if (query.data === undefined) return ignored('A button without data is none of ours.');
  if (query.message === undefined) return ignored('A button without a message is none of ours.');
  const event = {
    id: String(update.update_id),
    ...place(query.message, query.from, self),
    message: String(query.message.message_id),
    at: now,
  };
  const meant = readPressed(clean(query.data));
  switch (meant.kind) {
    case 'header':
      return {
        ...ignored('A heading was pressed.'),
        answer: 'Choose one of the buttons below it.',
      };
    case 'form':
      return {
        kind: 'form',
        token: meant.token,
        event: { ...event, body: { kind: 'command', name: meant.form, args: '' } },
      };
    default:
      return { kind: 'event', event: { ...event, body: meant } };
  }
}

function member(update: Update, self: Self): Parsed {
  const change = update.my_chat_member!;
  const inside = (status: string) => status !== 'left' && status !== 'kicked';
  const was = inside(change.old_chat_member.status);
  const is = inside(change.new_chat_member.status);
  if (was === is) return ignored('Rights changed; the bot was there and still is.');
  const direct = change.chat.type === 'private';
  const joined = direct ? ('unblocked' as const) : ('installed' as const);
  const left = direct ? ('blocked' as const) : ('uninstalled' as const);
  return {
    kind: 'event',
    event: {
      id: String(update.update_id),
      ...place(change, change.from, self),
      at: change.date * 1_000,
      body: { kind: 'lifecycle', what: is ? joined : left },
    },
  };
}

interface Placed {
  readonly chat: { readonly id: number; readonly type: string };
  readonly message_thread_id?: number;
  readonly is_topic_message?: boolean;
}

function place(
  given: Placed,
  from: { readonly id: number; readonly language_code?: string },
  self: Self,
): Pick<Event, 'source' | 'surface' | 'locale'> {
  const topic = given.is_topic_message === true ? given.message_thread_id : undefined;
  const conversation = topic === undefined ? `${given.chat.id}` : `${given.chat.id}/${topic}`;
  const direct = given.chat.type === 'private';
  return {
    source: {
      platform: 'telegram',
      installation: String(self.id),
      conversation,
      identity: String(from.id),
    },
    surface: direct ? 'direct' : topic === undefined ? 'group' : 'thread',
    locale: localeOf(from.language_code),
  };
}

/** "/recommend@keel_bot now" is "recommend" with "now"; for another bot it is nothing to us. */
function readCommand(
  text: string,
  self: Self,
): Extract<Body, { kind: 'command' }> | 'other' | null {
  const match = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]+))?(?:\s+([\s\S]*))?$/i.exec(text.trim());
  if (match === null) return null;
  if (match[2] !== undefined && match[2].toLowerCase() !== self.username.toLowerCase()) {
    return 'other';
  }
  const name = match[1].toLowerCase();
  const args = clean(match[3] ?? '').trim();
  const linked = name === 'start' ? deepLink.exec(args) : null;
  if (linked !== null) return { kind: 'command', name: linked[1], args: '' };
  return { kind: 'command', name, args };
}

/** In a group the bot is spoken to by name or by a reply to one of its messages. */
function addressed(given: Message, self: Self): boolean {
  if (given.reply_to_message?.from?.id === self.id) return true;
  const words = given.text ?? given.caption ?? '';
  return mention(self).test(words);
}

function withoutMention(text: string, self: Self): string {
  return text.replace(mention(self), ' ').trim();
}

function mention(self: Self): RegExp {
  return new RegExp(`(?<![a-z0-9_])@${self.username}(?![a-z0-9_])`, 'i');
}

/** The databases refuse NUL and half a surrogate pair inside JSON. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Custom translations of the apps have codes that are no locales: "fa-raw", "classic-zh-cn". */
function localeOf(code: string | undefined): string {
  if (code === undefined || code.length > 35) return 'en-US';
  for (const tag of [code, /^[a-z]{2,3}(?=-)/i.exec(code)?.[0] ?? 'en-US']) {
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? 'en-US';
    } catch {
      // The next, shorter one may be a language.
    }
  }
  return 'en-US';
}

function ignored(reason: string): { readonly kind: 'ignored'; readonly reason: string } {
  return { kind: 'ignored', reason };
}
