import type { Body, Event } from '../../bot/event.ts';
import { type FormPress, readCustomId, readOptionValue } from './custom-id.ts';
import type { Attachment, Interaction } from './payload.ts';
import { spoken } from './spoken.ts';
import { type Pass, ticketOf } from './ticket.ts';

/** An event whose body is still to be found out. */
export type Begun = Omit<Event, 'body'>;

/** What an interaction comes to, with the pass to answer it. */
export type Parsed =
  | { readonly kind: 'ping' }
  | { readonly kind: 'event'; readonly event: Event; readonly pass: Pass }
  /** Waits for the content of a file, which only its download has. */
  | {
      readonly kind: 'file';
      readonly event: Event;
      readonly pass: Pass;
      readonly attachment: Attachment;
    }
  /** Somebody wants to fill in a form. */
  | {
      readonly kind: 'form';
      readonly begun: Begun;
      readonly pass: Pass;
      readonly press: FormPress;
    }
  /** Somebody has filled it in. */
  | {
      readonly kind: 'filled';
      readonly begun: Begun;
      readonly pass: Pass;
      readonly press: FormPress;
      readonly values: Readonly<Record<string, string>>;
      readonly attachments: Readonly<Record<string, Attachment>>;
    }
  | { readonly kind: 'typing'; readonly command: string; readonly typed: string }
  | { readonly kind: 'ignored'; readonly reason: string };

/** The name of the option that takes what follows a command. */
export const textOption = 'text';
/** The command by which a file can be sent where messages cannot be read. */
export const fileCommand = { name: 'file', file: 'file', words: 'words' } as const;
/** The command behind which anything can be said where messages cannot be read. */
export const wordsCommand = 'keel';

/**
 * An interaction as an event, or why it is none. Pure: `now` stands for the time until which it can
 * be answered. What is done in a server counts as said in private, because only the person sees the
 * answer: the conversation is the person's.
 */
export function parseInteraction(given: Interaction, now: number): Parsed {
  if (given.type === 1) return { kind: 'ping' };
  const user = given.member?.user ?? given.user;
  if (!user) return ignored('Nobody did it.');
  if (user.bot) return ignored('Bots are not advised.');
  if (given.type === 4) return typing(given);
  // A direct chat of two other people has the same type: what is said there must be hidden too.
  const unsaid = given.context == null && given.guild_id == null && given.channel?.type === 1;
  const direct = given.context === 1 || unsaid;
  const pass: Pass = {
    token: given.token,
    where: direct ? 'direct' : 'server',
    waits: given.type === 2 || given.message == null,
    pressed: given.type === 2 ? null : (given.message?.id ?? null),
  };
  const begun: Begun = {
    id: given.id,
    source: {
      platform: 'discord',
      installation: given.application_id,
      conversation: user.id,
      identity: user.id,
    },
    surface: 'direct',
    ...(given.message ? { message: given.message.id } : {}),
    ticket: ticketOf(pass, now),
    locale: localeOf(given.locale),
    at: timeOf(given.id) ?? now,
  };
  if (given.type === 2) return command(given, begun, pass);
  if (given.type === 3) return pressed(given, begun, pass);
  if (given.type === 5) return filled(given, begun, pass);
  return ignored('This kind of interaction is not known.');
}

function typing(given: Interaction): Parsed {
  const option = given.data?.options?.find(({ focused }) => focused);
  const typed = typeof option?.value === 'string' ? option.value : '';
  return { kind: 'typing', command: given.data?.name ?? '', typed };
}

function command(given: Interaction, begun: Begun, pass: Pass): Parsed {
  const { name, type, options, resolved } = given.data ?? {};
  if (!name || (type ?? 1) !== 1) return ignored('Only slash commands are known.');
  const option = (wanted: string) => {
    const value = options?.find((one) => one.name === wanted)?.value;
    return value == null ? '' : clean(String(value));
  };
  if (name === fileCommand.name) {
    const attachment = resolved?.attachments?.[option(fileCommand.file)];
    if (attachment === undefined) return ignored('A file was named and not sent.');
    const caption = option(fileCommand.words);
    return { kind: 'file', event: fileEvent(begun, attachment, caption), pass, attachment };
  }
  const words = option(textOption).trim();
  const body: Body =
    name === wordsCommand ? spoken(words) : { kind: 'command', name: clean(name), args: words };
  return { kind: 'event', event: { ...begun, body }, pass };
}

function pressed(given: Interaction, begun: Begun, pass: Pass): Parsed {
  const { custom_id: name, values } = given.data ?? {};
  if (!name) return ignored('A button without a name is none of ours.');
  const meant = readCustomId(clean(name));
  if (meant.kind === 'form') return { kind: 'form', begun, pass, press: meant };
  const { token } = meant;
  const [value] = values ?? [];
  const body: Body =
    value === undefined
      ? { kind: 'button', token }
      : { kind: 'select', token, value: clean(readOptionValue(value)).slice(0, 100) };
  return { kind: 'event', event: { ...begun, body }, pass };
}

function filled(given: Interaction, begun: Begun, pass: Pass): Parsed {
  const { custom_id: name, components, resolved } = given.data ?? {};
  const meant = readCustomId(clean(name ?? ''));
  if (meant.kind !== 'form') return ignored('A form without its name is none of ours.');
  const values: Record<string, string> = {};
  const attachments: Record<string, Attachment> = {};
  for (const { component, components: inRow } of components ?? []) {
    for (const field of [...(component ? [component] : []), ...(inRow ?? [])]) {
      if (!field.custom_id) continue;
      const [first] = field.values ?? [];
      const file = first === undefined ? undefined : resolved?.attachments?.[first];
      if (file !== undefined) attachments[field.custom_id] = file;
      const value = file?.filename ?? field.value ?? first ?? '';
      values[field.custom_id] = clean(String(value));
    }
  }
  return { kind: 'filled', begun, pass, press: meant, values, attachments };
}

export function fileEvent(begun: Begun, attachment: Attachment, caption: string): Event {
  return { ...begun, body: { kind: 'file', caption, file: emptyFile(attachment) } };
}

/** What is known of a file before it is read. */
export function emptyFile({ filename, content_type: type }: Attachment) {
  return {
    name: clean(filename).slice(0, 255).toWellFormed(),
    // Discord guesses a charset behind it; the bytes say what they are.
    mediaType: clean(type ?? 'application/octet-stream')
      .split(';')[0]
      .trim()
      .slice(0, 127),
    bytes: 0,
    content: '',
  };
}

/** The databases refuse NUL and half a surrogate pair inside JSON. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

const epoch = 1_420_070_400_000n;

/** Discord's ids carry the time at which they were made. */
export function timeOf(id: string): number | null {
  return /^\d{15,20}$/.test(id) ? Number((BigInt(id) >> 22n) + epoch) : null;
}

function localeOf(code: string | null | undefined): string {
  try {
    return Intl.getCanonicalLocales(code ?? 'en-US')[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

function ignored(reason: string): { readonly kind: 'ignored'; readonly reason: string } {
  return { kind: 'ignored', reason };
}
