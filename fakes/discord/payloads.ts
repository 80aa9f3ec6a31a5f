import { interactionTypes, ownersOf, wireMember, wireMessage, wireUser } from './wire.ts';
import { interactionChannel } from './wire-places.ts';
import type { FakeChannel, FakeInteraction, InteractionKind, World } from './world.ts';

/** What an interaction is about. */
export interface About {
  readonly kind: InteractionKind;
  readonly user: string;
  readonly channel: FakeChannel;
  readonly source: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An interaction as Discord sends it, over the gateway and by HTTP alike. */
export function interactionPayload(
  world: World,
  about: About,
  id: string,
  token: string,
): FakeInteraction['payload'] {
  const { kind, user, channel, source, data } = about;
  const { guild } = channel;
  const message = source === null ? undefined : channel.messages.get(source);
  const { locale } = world.user(user);
  return {
    id,
    application_id: world.self,
    type: interactionTypes[kind],
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: interactionChannel(world, channel),
    context: guild === null ? 1 : 0,
    locale,
    app_permissions: '2248473465835073',
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: ownersOf(guild),
    entitlements: [],
    entitlement_sku_ids: [],
    ...(guild === null
      ? { user: wireUser(world, user) }
      : {
          guild_id: guild,
          guild_locale: 'en-US',
          guild: { id: guild, locale: 'en-US', features: [] },
          member: wireMember(world, user),
        }),
    ...(message === undefined ? {} : { message: wireMessage(world, message) }),
  };
}
