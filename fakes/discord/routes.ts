import { channelRoutes } from './channel-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { flaw, invalidForm } from './refused.ts';
import { ok, type Rooms, type Route } from './route.ts';
import { wireUser } from './wire.ts';
import { wireApplication, wireChannel } from './wire-places.ts';

/** What the bot may call. */
export function routesOf(rooms: Rooms): Route[] {
  return [
    ...selfRoutes(rooms),
    ...commandRoutes(rooms),
    ...channelRoutes(rooms),
    ...interactionRoutes(rooms),
  ];
}

function selfRoutes({ world, verifyKey, gateway, setEndpoint }: Rooms): Route[] {
  const application = () => ok(wireApplication(world, verifyKey));
  return [
    { method: 'GET', path: '/gateway', bot: false, run: () => ok({ url: gateway.url }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      bot: true,
      run: () =>
        ok({
          url: gateway.url,
          shards: gateway.shards,
          session_start_limit: {
            total: 1_000,
            remaining: 999,
            reset_after: 14_400_000,
            max_concurrency: 16,
          },
        }),
    },
    {
      method: 'GET',
      path: '/users/@me',
      bot: true,
      run: () =>
        ok({
          ...wireUser(world, world.self),
          mfa_enabled: false,
          locale: 'en-US',
          verified: true,
          email: null,
        }),
    },
    { method: 'GET', path: '/applications/@me', bot: true, run: application },
    { method: 'GET', path: '/oauth2/applications/@me', bot: true, run: application },
    {
      method: 'PATCH',
      path: '/applications/@me',
      bot: true,
      async run({ body }) {
        const { interactions_endpoint_url: url } = body as {
          interactions_endpoint_url?: string | null;
        };
        if (url !== undefined) await setEndpoint(url);
        return application();
      },
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      bot: true,
      run({ body }) {
        const { recipient_id: person } = body as { recipient_id?: string | null };
        if (!person) throw invalidForm([flaw('recipient_id', 'This field is required')]);
        if (!world.users.has(person)) {
          throw invalidForm([flaw('recipient_id', 'Unknown User', 'USER_UNKNOWN')]);
        }
        return ok(wireChannel(world, world.direct(person)));
      },
    },
  ];
}
