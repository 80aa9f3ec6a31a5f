import type { MessageBody } from './message-body.ts';
import { flaw, invalidForm, mistaken } from './refused.ts';
import { done, ok, type Rooms, type Route } from './route.ts';
import { wireMessage } from './wire.ts';
import { wireChannel } from './wire-places.ts';

/** Channels and the messages that the bot writes in them unasked. */
export function channelRoutes({ world, messages, announce }: Rooms): Route[] {
  const all = '/channels/{channel_id}/messages';
  const one = `${all}/{message_id}`;
  return [
    {
      method: 'GET',
      path: '/channels/{channel_id}',
      bot: true,
      run: ({ params }) => ok(wireChannel(world, messages.channel(params.channel_id))),
    },
    {
      method: 'GET',
      path: all,
      bot: true,
      run({ params, query }) {
        const channel = messages.channel(params.channel_id);
        const limit = Number(query.get('limit') ?? 50);
        if (!(limit >= 1 && limit <= 100)) {
          throw invalidForm([flaw('limit', 'int value should be between 1 and 100.')]);
        }
        const seen = [...channel.messages.values()].filter((message) => message.only === null);
        return ok(
          seen
            .reverse()
            .slice(0, limit)
            .map((message) => wireMessage(world, message)),
        );
      },
    },
    {
      method: 'GET',
      path: one,
      bot: true,
      run({ params }) {
        messages.channel(params.channel_id);
        return ok(wireMessage(world, messages.find(params.channel_id, params.message_id)));
      },
    },
    {
      method: 'POST',
      path: all,
      bot: true,
      run({ params, body, uploads }) {
        const channel = messages.writable(params.channel_id);
        const given = body as MessageBody;
        const again = messages.again(given, channel.id);
        if (again !== undefined) return ok(wireMessage(world, again));
        const message = messages.create(channel.id, given, uploads, {
          interaction: null,
          ephemeral: false,
        });
        announce('CREATE', message);
        return ok(wireMessage(world, message), message);
      },
    },
    {
      method: 'PATCH',
      path: one,
      bot: true,
      run({ params, body, uploads }) {
        messages.channel(params.channel_id);
        const old = messages.find(params.channel_id, params.message_id);
        if (old.only !== null) throw mistaken(404, 10008, 'Unknown Message: it is ephemeral');
        const message = messages.edit(old, body as MessageBody, uploads);
        announce('UPDATE', message);
        return ok(wireMessage(world, message));
      },
    },
    {
      method: 'DELETE',
      path: one,
      bot: true,
      run({ params }) {
        const channel = messages.channel(params.channel_id);
        const message = messages.find(channel.id, params.message_id);
        if (message.only !== null) throw mistaken(404, 10008, 'Unknown Message: it is ephemeral');
        if (message.author !== world.self) {
          throw channel.guild === null
            ? mistaken(403, 50003, 'Cannot execute action on a DM channel')
            : mistaken(403, 50013, 'Missing Permissions');
        }
        world.remove(message);
        announce('DELETE', message);
        return done;
      },
    },
    {
      method: 'POST',
      path: '/channels/{channel_id}/typing',
      bot: true,
      run({ params }) {
        world.typing.push(messages.writable(params.channel_id).id);
        return done;
      },
    },
  ];
}
