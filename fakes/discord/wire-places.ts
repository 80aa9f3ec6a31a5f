import { everything, type Wire, wireMember, wireUser } from './wire.ts';
import type { FakeChannel, FakeGuild, World } from './world.ts';

export function wireChannel(world: World, channel: FakeChannel): Wire {
  const last = [...channel.messages.keys()].at(-1) ?? null;
  if (channel.guild === null) {
    return {
      id: channel.id,
      type: 1,
      flags: 0,
      last_message_id: last,
      recipients: [wireUser(world, channel.person!)],
    };
  }
  return {
    id: channel.id,
    type: 0,
    guild_id: channel.guild,
    name: `channel-${channel.id}`,
    position: 0,
    flags: 0,
    nsfw: false,
    topic: null,
    parent_id: null,
    rate_limit_per_user: 0,
    permission_overwrites: [],
    last_message_id: last,
  };
}

/** A channel as an interaction carries it: in part, with what the person may do. */
export function interactionChannel(world: World, channel: FakeChannel): Wire {
  return { ...wireChannel(world, channel), permissions: everything };
}

export function wireGuild(world: World, guild: FakeGuild): Wire {
  const channels = [...world.channels.values()].filter(
    (one) => one.guild === guild.id && one.readable,
  );
  return {
    id: guild.id,
    name: `Guild ${guild.id}`,
    icon: null,
    splash: null,
    discovery_splash: null,
    description: null,
    banner: null,
    owner_id: [...guild.members][0] ?? '0',
    features: [],
    emojis: [],
    stickers: [],
    roles: [
      {
        id: guild.id,
        name: '@everyone',
        color: 0,
        colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
        hoist: false,
        icon: null,
        unicode_emoji: null,
        position: 0,
        permissions: everything,
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    application_id: null,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    vanity_url_code: null,
    incidents_data: null,
    joined_at: '2026-01-04T20:21:10.139000+00:00',
    large: false,
    unavailable: false,
    member_count: guild.members.size + 1,
    members: [wireMember(world, world.self)],
    channels: channels.map((channel) => wireChannel(world, channel)),
    threads: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function wireApplication(world: World, verifyKey: string): Wire {
  return {
    id: world.self,
    name: 'Keel',
    icon: null,
    description: '',
    type: null,
    bot: wireUser(world, world.self),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: verifyKey,
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: world.endpoint,
    role_connections_verification_url: null,
    owner: wireUser(world, '1033044521375764530'),
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
