import type { Choice, Component } from './components.ts';
import { createSnowflakes } from './snowflake.ts';

export interface FakeAttachment {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly url: string;
  readonly description: string | null;
  readonly ephemeral: boolean;
}

/** A message as the fake keeps it, from the bot or a person. */
export interface FakeMessage {
  readonly id: string;
  readonly channel: string;
  readonly author: string;
  readonly at: number;
  readonly editedAt: number | null;
  readonly content: string;
  readonly components: readonly Component[];
  readonly embeds: readonly Readonly<Record<string, unknown>>[];
  readonly attachments: readonly FakeAttachment[];
  readonly flags: number;
  readonly nonce: string | number | null;
  /** People named in it whom it notifies. */
  readonly mentions: readonly string[];
  /** The only one who sees it; null for everybody. */
  readonly only: string | null;
  readonly interaction: FakeInteraction | null;
  /** Rises with every change in the world. */
  readonly change: number;
}

export interface FakeChannel {
  readonly id: string;
  /** null in a direct chat. */
  readonly guild: string | null;
  /** The person of a direct chat. */
  readonly person: string | null;
  /** The bot sees the channel. */
  readable: boolean;
  /** The bot may write in it without being asked. */
  writable: boolean;
  readonly messages: Map<string, FakeMessage>;
}

export interface FakeGuild {
  readonly id: string;
  readonly members: Set<string>;
  /** The bot is a member. */
  joined: boolean;
}

export interface FakeUser {
  readonly id: string;
  readonly locale: string;
  /** Blocked the bot, or takes no direct messages from it. */
  blocking: boolean;
}

/** A modal that stands open before a person. */
export interface FakeModal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
}

export type InteractionKind = 'ping' | 'command' | 'component' | 'autocomplete' | 'modal';

/** Something a person did and the bot must answer. */
export interface FakeInteraction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly user: string;
  readonly channel: string;
  readonly guild: string | null;
  readonly at: number;
  /** The message whose component was used. */
  readonly source: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  deliveries: number;
  /** The type of the first answer; null until there is one. */
  answer: number | null;
  /** When it was answered, by the fake's clock. */
  answeredAt: number | null;
  /** The message that @original names. */
  original: string | null;
  /** Still to be filled in: the first follow-up edits it. */
  deferred: boolean;
  readonly followups: string[];
  choices: readonly Choice[] | null;
  modal: FakeModal | null;
  /** The token was taken away before its time. */
  expired: boolean;
  /** A fault came between the bot and Discord: being late or answering again is nobody's mistake. */
  excused: boolean;
}

/** A registered command. */
export interface FakeCommand {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly description: string;
  readonly guild: string | null;
  readonly options: readonly CommandOption[];
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | null;
  readonly options?: readonly CommandOption[] | null;
  readonly min_value?: number | null;
  readonly max_value?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
}

/** Everything Discord would remember about one application. */
export function createWorld(now: () => number) {
  const nextId = createSnowflakes(now);
  const self = '1400000000000000001';
  const users = new Map<string, FakeUser>();
  const guilds = new Map<string, FakeGuild>();
  const channels = new Map<string, FakeChannel>();
  let changes = 0;

  const world = {
    token: 'FAKE-bot-token.for-tests.0123456789abcdef',
    /** The application and its bot user carry one id. */
    self,
    revoked: false,
    /** Set by the server: where files are read from. */
    cdn: '',
    endpoint: null as string | null,
    users,
    guilds,
    channels,
    commands: [] as FakeCommand[],
    interactions: new Map<string, FakeInteraction>(),
    files: new Map<string, FakeAttachment>(),
    /** What a strict server found wrong; tests want it empty. */
    violations: [] as string[],
    /** Every no, whoever is to blame. */
    refusals: [] as { readonly route: string; readonly status: number; readonly code: number }[],
    /** Every accepted new message of the bot, in order; hidden when the answer was lost. */
    sent: [] as { readonly channel: string; readonly message: string; readonly hidden: boolean }[],
    typing: [] as string[],
    now,
    nextId,
    changes: () => changes,
    user(id: string, locale = 'en-US'): FakeUser {
      const known = users.get(id);
      if (known) return known;
      const made: FakeUser = { id, locale, blocking: false };
      users.set(id, made);
      return made;
    },
    guild(id: string): FakeGuild {
      const known = guilds.get(id);
      if (known) return known;
      const made: FakeGuild = { id, members: new Set(), joined: true };
      guilds.set(id, made);
      return made;
    },
    /** A text channel of a guild. */
    channelIn(guild: string, id: string): FakeChannel {
      world.guild(guild);
      return world.open({ id, guild, person: null });
    },
    /** The direct chat with a person. */
    direct(person: string): FakeChannel {
      world.user(person);
      // One direct chat for one person, with an id that is not the person's.
      const id = String(BigInt(person) + 5_000_000_000n);
      return world.open({ id, guild: null, person });
    },
    open(made: Pick<FakeChannel, 'id' | 'guild' | 'person'>): FakeChannel {
      const known = channels.get(made.id);
      if (known) return known;
      const channel = { ...made, readable: true, writable: true, messages: new Map() };
      channels.set(made.id, channel);
      return channel;
    },
    put(message: Omit<FakeMessage, 'change'>): FakeMessage {
      changes += 1;
      const kept = { ...message, change: changes };
      channels.get(message.channel)!.messages.set(message.id, kept);
      return kept;
    },
    remove(message: FakeMessage): void {
      changes += 1;
      channels.get(message.channel)?.messages.delete(message.id);
    },
    /** A message wherever it stands. */
    message(id: string): FakeMessage | undefined {
      for (const { messages } of channels.values()) {
        const found = messages.get(id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    keep(file: Pick<FakeAttachment, 'name' | 'bytes'> & Partial<FakeAttachment>): FakeAttachment {
      const id = nextId();
      const folder = file.ephemeral ? 'ephemeral-attachments' : 'attachments';
      const kept: FakeAttachment = {
        contentType: contentTypeOf(file.name),
        description: null,
        ephemeral: false,
        ...file,
        id,
        url: `${world.cdn}/${folder}/${self}/${id}/${encodeURIComponent(file.name)}?ex=1&is=1&hm=${id}`,
      };
      world.files.set(id, kept);
      return kept;
    },
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;

const contentTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
};

function contentTypeOf(name: string): string {
  return contentTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
