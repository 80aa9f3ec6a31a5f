import type { FakeAttachment, FakeMessage, World } from './world.ts';

export type Wire = Readonly<Record<string, unknown>>;

/** What the bot and people may do. */
export const everything = '2248473465835073';

export function wireUser(world: World, id: string): Wire {
  const bot = id === world.self;
  return {
    id,
    username: bot ? 'keel' : `person${id}`,
    global_name: bot ? null : `Person ${id}`,
    discriminator: bot ? '6184' : '0',
    avatar: null,
    public_flags: 0,
    flags: 0,
    ...(bot ? { bot: true } : {}),
    primary_guild: null,
  };
}

export function wireMember(world: World, id: string): Wire {
  return { user: wireUser(world, id), ...bareMember };
}

/** A member as it stands in a message, whose author is named beside it. */
export const bareMember: Wire = {
  roles: [],
  nick: null,
  avatar: null,
  banner: null,
  joined_at: '2026-01-04T20:21:10.139000+00:00',
  premium_since: null,
  communication_disabled_until: null,
  pending: false,
  deaf: false,
  mute: false,
  flags: 0,
  permissions: everything,
};

export function wireAttachment(file: FakeAttachment): Wire {
  const size = pngSize(file.bytes);
  return {
    id: file.id,
    filename: file.name,
    size: file.bytes.length,
    url: file.url,
    proxy_url: file.url,
    content_type: file.contentType,
    content_scan_version: 0,
    ...(size ?? {}),
    ...(file.description === null ? {} : { description: file.description }),
    ...(file.ephemeral ? { ephemeral: true } : {}),
  };
}

export function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = Buffer.from(bytes);
  if (view.length < 24 || view.readUInt32BE(0) !== 0x89504e47) return null;
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

/** Discord writes microseconds and the offset. */
export function timestamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '000+00:00');
}

/** A message as REST answers it. */
export function wireMessage(world: World, message: FakeMessage): Wire {
  const { interaction } = message;
  return {
    type: interaction?.kind === 'command' && message.author === world.self ? 20 : 0,
    id: message.id,
    channel_id: message.channel,
    author: wireUser(world, message.author),
    content: message.content,
    mentions: message.mentions.map((id) => wireUser(world, id)),
    mention_roles: [],
    mention_everyone: false,
    attachments: message.attachments.map(wireAttachment),
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: message.components,
    timestamp: timestamp(message.at),
    edited_timestamp: message.editedAt === null ? null : timestamp(message.editedAt),
    flags: message.flags,
    pinned: false,
    tts: false,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(interaction === null
      ? {}
      : {
          application_id: world.self,
          webhook_id: world.self,
          interaction_metadata: {
            id: interaction.id,
            type: interactionTypes[interaction.kind],
            user: wireUser(world, interaction.user),
            authorizing_integration_owners: ownersOf(interaction.guild),
            ...(interaction.kind === 'component'
              ? { interacted_message_id: interaction.source }
              : {}),
            ...(interaction.kind === 'command'
              ? { name: (interaction.payload.data as { name: string }).name }
              : {}),
          },
        }),
  };
}

export const interactionTypes = {
  ping: 1,
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
} as const;

/** On whose behalf the application is there: the guild, or itself in a direct chat. */
export function ownersOf(guild: string | null): Readonly<Record<string, string>> {
  return { '0': guild ?? '0' };
}

/**
 * A message as the gateway tells of it. Without the message-content intent its content is empty but in
 * direct chats, where the bot is mentioned, and in the bot's own messages.
 */
export function wireEvent(world: World, message: FakeMessage): Wire {
  const guild = world.channels.get(message.channel)?.guild ?? null;
  const open =
    guild === null || message.author === world.self || message.mentions.includes(world.self);
  return {
    ...wireMessage(world, message),
    ...(open ? {} : { content: '', embeds: [], attachments: [], components: [] }),
    ...(guild === null
      ? { channel_type: 1 }
      : { guild_id: guild, member: bareMember, channel_type: 0 }),
  };
}
