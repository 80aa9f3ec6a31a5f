import { createHash } from 'node:crypto';
import type { Body, Event } from '../../bot/event.ts';
import { readOption, readPressed } from './actions.ts';
import { type Filled, readSubmission } from './modal.ts';
import type { Actions, Command, Delivery, EventCallback, SlackFile } from './payload.ts';
import { channelConversation, homeConversation, isDirect } from './place.ts';
import { plainText, wellFormed } from './text.ts';
import { ticketOf } from './ticket.ts';

/** What reading a delivery needs to know; nothing of it changes with the delivery. */
export interface Reader {
  /** The team, or the enterprise when it is installed for all of it. */
  readonly installation: string;
  readonly botUser: string;
  /** Names of the commands, without the slash. */
  readonly commands: ReadonlySet<string>;
  /** Stands in where Slack says no time. */
  readonly now: number;
}

type Bare = Omit<Event, 'body'>;

/** What a delivery comes to. */
export type Parsed =
  | { readonly kind: 'event'; readonly event: Event }
  /** Waits for the file's content, which only its download has. */
  | { readonly kind: 'file'; readonly event: Event; readonly file: SlackFile }
  | {
      readonly kind: 'form';
      readonly event: Bare;
      readonly token: string;
      readonly form: string;
      readonly trigger: string;
    }
  | ({ readonly kind: 'submission'; readonly event: Bare } & Filled)
  /** A command without a place: it goes on in the direct chat. */
  | { readonly kind: 'shortcut'; readonly event: Event }
  | { readonly kind: 'removed'; readonly event: Event; readonly at: number }
  | { readonly kind: 'unreadable'; readonly event: Bare; readonly problem: string }
  | { readonly kind: 'ignored'; readonly reason: string };

const platform = 'slack';
const locale = 'en-US';

/** A delivery as an event, or why it is none. Pure. */
export function parse(delivery: Delivery, reader: Reader): Parsed {
  if (!('type' in delivery)) return command(delivery, reader);
  switch (delivery.type) {
    case 'event_callback':
      return happened(delivery, reader);
    case 'block_actions':
      return pressed(delivery, reader);
    case 'view_submission': {
      const read = readSubmission(delivery);
      if (read === null) return ignored('A form that is none of ours.');
      const { conversation, surface, message, ticket } = read.meta;
      const event: Bare = {
        id: delivery.trigger_id,
        source: source(reader, conversation, delivery.user.id),
        surface,
        ...(message === undefined ? {} : { message }),
        ...(ticket === undefined ? {} : { ticket }),
        locale,
        at: reader.now,
      };
      return { kind: 'submission', event, ...read };
    }
    case 'shortcut': {
      const name = /^do_([a-z]+)$/.exec(delivery.callback_id)?.[1];
      if (name === undefined) return ignored('A shortcut that is none of ours.');
      const where = source(reader, homeConversation(delivery.user.id), delivery.user.id);
      const rest = { id: delivery.trigger_id, surface: 'direct', locale, at: reader.now } as const;
      const body: Body = { kind: 'command', name, args: '' };
      return { kind: 'shortcut', event: { ...rest, source: where, body } };
    }
    case 'ignored':
      return ignored(`Not asked for: ${delivery.name.slice(0, 40)}.`);
  }
}

function happened(given: EventCallback, reader: Reader): Parsed {
  const { event } = given;
  const id = given.event_id ?? fingerprint(event);
  const base = { id, locale, surface: 'direct' as const };
  const at = (given.event_time ?? Math.floor(reader.now / 1_000)) * 1_000;
  switch (event.type) {
    case 'message':
    case 'app_mention':
      return message(given, event, id, reader);
    case 'app_home_opened':
      if (event.tab !== undefined && event.tab !== 'home') return ignored('Not the Home tab.');
      return {
        kind: 'event',
        event: {
          ...base,
          source: source(reader, homeConversation(event.user), event.user),
          at: millis(event.event_ts) ?? at,
          body: { kind: 'lifecycle', what: 'home-opened' },
        },
      };
    case 'tokens_revoked':
      if ((event.tokens.bot ?? []).length === 0) return ignored("Somebody's own token.");
      return removed(base, at, reader);
    case 'app_uninstalled':
      return removed(base, at, reader);
    case 'other':
      return ignored(`Not asked for: ${event.name}.`);
  }
}

function removed(base: { id: string; locale: string }, at: number, reader: Reader): Parsed {
  const body: Body = { kind: 'lifecycle', what: 'uninstalled' };
  const where = source(reader, 'workspace', '');
  return { kind: 'removed', at, event: { ...base, source: where, surface: 'group', at, body } };
}

/** Messages with a kind that are nevertheless what somebody said. */
const spokenKinds = ['file_share', 'thread_broadcast'];

type Message = Extract<EventCallback['event'], { type: 'message' | 'app_mention' }>;

function message(given: EventCallback, event: Message, id: string, reader: Reader): Parsed {
  const { user, channel, thread_ts: thread, files = [] } = event;
  if (user === undefined || event.bot_id) return ignored('Bots are not advised.');
  if (event.subtype !== undefined && !spokenKinds.includes(event.subtype)) {
    return ignored('An edit, a deletion or a notice asks for nothing.');
  }
  const direct = event.channel_type === 'im' || isDirect(channel);
  // In a direct chat every message is said to the bot, and told as such; elsewhere only mentions are.
  if (direct !== (event.type === 'message')) return ignored('Not said to the bot.');
  const team = event.user_team ?? event.source_team ?? given.team_id;
  if (given.is_ext_shared_channel && team !== given.team_id) {
    return ignored('Somebody of another workspace.');
  }
  const conversation = direct ? channel : channelConversation(channel, user, thread);
  const bare: Bare = {
    id,
    source: source(reader, conversation, user),
    surface: direct ? 'direct' : thread === undefined ? 'group' : 'thread',
    ...(thread === undefined ? {} : { message: thread }),
    locale,
    at: millis(event.ts) ?? reader.now,
  };
  const text = plainText(event.text ?? '', reader.botUser);
  if (files.length > 1) {
    return { kind: 'unreadable', event: bare, problem: 'Please send one file at a time.' };
  }
  if (files.length === 1) {
    const body: Body = { kind: 'file', caption: text, file: emptyFile(files[0]) };
    return { kind: 'file', event: { ...bare, body }, file: files[0] };
  }
  return { kind: 'event', event: { ...bare, body: spoken(text, direct, reader) } };
}

function command(given: Command, reader: Reader): Parsed {
  const text = wellFormed(given.text).trim();
  const bare: Bare = {
    id: given.trigger_id,
    source: source(reader, channelConversation(given.channel_id, given.user_id), given.user_id),
    surface: 'group',
    ticket: ticketOf(given.response_url, null, reader.now),
    locale,
    at: reader.now,
  };
  return { kind: 'event', event: { ...bare, body: spoken(text, false, reader) } };
}

/**
 * "/recommend" is a command anywhere; where the bot is called by name, so is "recommend". In a direct
 * chat plain words may answer a question, so they stay words.
 */
function spoken(text: string, direct: boolean, { commands }: Reader): Body {
  if (text === '') return { kind: 'command', name: 'help', args: '' };
  const match = /^(\/?)([a-z_]{1,32})(?:\s+([\s\S]*))?$/i.exec(text);
  const name = match?.[2].toLowerCase() ?? '';
  const meant = match !== null && (match[1] === '/' || (!direct && commands.has(name)));
  return meant ? { kind: 'command', name, args: (match[3] ?? '').trim() } : { kind: 'text', text };
}

function pressed(given: Actions, reader: Reader): Parsed {
  const [action] = given.actions;
  const meant = readPressed(action.action_id);
  if (meant === null) return ignored('A button that is none of ours.');
  if (meant.kind === 'link') return ignored('A link was opened.');
  if (foreign(given)) return ignored('Somebody of another workspace.');
  const event = pressedWhere(given, action.action_ts, reader);
  if (event === null) return ignored('A button without a place.');
  if (meant.kind === 'form') {
    return { kind: 'form', event, token: meant.token, form: meant.form, trigger: given.trigger_id };
  }
  if (meant.kind === 'button') return { kind: 'event', event: { ...event, body: meant } };
  if (!action.selected_option) return ignored('Nothing was chosen.');
  const value = readOption(action.selected_option.value);
  return { kind: 'event', event: { ...event, body: { ...meant, value } } };
}

function pressedWhere(given: Actions, time: string | undefined, reader: Reader): Bare | null {
  const { container, user } = given;
  const base = { id: given.trigger_id, locale, at: millis(time) ?? reader.now };
  if (container.type === 'view') {
    if (given.view?.type !== 'home') return null;
    const where = source(reader, homeConversation(user.id), user.id);
    return { ...base, source: where, surface: 'direct' };
  }
  const channel = container.channel_id ?? given.channel?.id;
  if (channel === undefined || container.message_ts === undefined) return null;
  const thread = container.thread_ts ?? given.message?.thread_ts ?? undefined;
  // What only one person sees stands in their own conversation in that channel, whatever it is.
  const direct = isDirect(channel) && container.is_ephemeral !== true;
  const origin = container.is_ephemeral === true ? container.message_ts : null;
  const url = given.response_url;
  return {
    ...base,
    source: source(
      reader,
      direct ? channel : channelConversation(channel, user.id, thread),
      user.id,
    ),
    surface: direct ? 'direct' : thread === undefined ? 'group' : 'thread',
    message: container.message_ts,
    ...(direct || url === undefined ? {} : { ticket: ticketOf(url, origin, reader.now) }),
  };
}

/** In a channel shared with another company its people can press what they see. */
function foreign({ user, team, enterprise }: Actions): boolean {
  if (!user.team_id || !team || enterprise) return false;
  return user.team_id !== team.id;
}

function source(reader: Reader, conversation: string, identity: string): Event['source'] {
  return { platform, installation: reader.installation, conversation, identity };
}

export function emptyFile(file: SlackFile) {
  return {
    name: wellFormed((file.name ?? 'file').slice(0, 255)),
    mediaType: wellFormed((file.mimetype ?? 'application/octet-stream').slice(0, 127)),
    bytes: 0,
    content: '',
  };
}

/** Slack gives every event an id; a recording may have lost it. */
function fingerprint(event: unknown): string {
  return createHash('sha256').update(JSON.stringify(event)).digest('base64url').slice(0, 32);
}

function millis(ts: string | undefined): number | null {
  const seconds = Number(ts);
  return ts === undefined || !Number.isFinite(seconds) ? null : Math.floor(seconds * 1_000);
}

function ignored(reason: string): { readonly kind: 'ignored'; readonly reason: string } {
  return { kind: 'ignored', reason };
}
