import { type CommandBody, commandFlaws } from './command-rules.ts';
import { type AnswerBody, answers, type Interactions } from './interactions.ts';
import { flags, type MessageBody, type Uploads } from './message-rules.ts';
import type { Messages } from './messages.ts';
import { flaw, invalidForm, mistaken, Refused } from './refused.ts';
import { interactionTypes, wireApplication, wireChannel, wireMessage, wireUser } from './wire.ts';
import type { FakeCommand, FakeInteraction, FakeMessage, World } from './world.ts';

export interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly uploads: Uploads;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** The message that the request made, for tests of lost answers. */
  readonly made?: FakeMessage;
}

export interface Route {
  readonly method: string;
  /** As in the official document. */
  readonly path: string;
  /** Needs the bot's token; the others carry their own. */
  readonly bot: boolean;
  readonly run: (request: Request) => Answer | Promise<Answer>;
}

/** What the routes need beside the world. */
export interface Rooms {
  readonly world: World;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly verifyKey: string;
  readonly gateway: { readonly url: string; readonly shards: number };
  /** Tells the gateway of a message that came, changed or went. */
  readonly announce: (what: 'CREATE' | 'UPDATE' | 'DELETE', message: FakeMessage) => void;
  readonly setEndpoint: (url: string | null) => Promise<void>;
}

/** What the bot may call. */
export function routesOf(rooms: Rooms): Route[] {
  return [
    ...selfRoutes(rooms),
    ...commandRoutes(rooms),
    ...channelRoutes(rooms),
    ...interactionRoutes(rooms),
  ];
}

const ok = (body: unknown, made?: FakeMessage): Answer => ({
  status: 200,
  body,
  ...(made ? { made } : {}),
});
const done: Answer = { status: 204 };

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

function commandRoutes({ world }: Rooms): Route[] {
  function wire(command: FakeCommand) {
    return {
      name_localizations: null,
      description_localizations: null,
      contexts: null,
      ...command.raw,
      id: command.id,
      application_id: world.self,
      version: command.id,
      default_member_permissions: null,
      type: command.type,
      name: command.name,
      description: command.description,
      options: command.options,
      ...(command.guild === null ? {} : { guild_id: command.guild }),
    };
  }
  function ours(params: Request['params']): string | null {
    if (params.application_id !== world.self) throw mistaken(403, 20012, 'You are not authorized');
    const guild = params.guild_id ?? null;
    if (guild !== null && world.guilds.get(guild)?.joined !== true) {
      throw new Refused(403, 50001, 'Missing Access');
    }
    return guild;
  }
  function list({ params }: Request): Answer {
    const guild = ours(params);
    return ok(world.commands.filter((one) => one.guild === guild).map(wire));
  }
  function put({ params, body }: Request): Answer {
    const guild = ours(params);
    const given = (body ?? []) as readonly CommandBody[];
    const flaws = commandFlaws(given);
    if (flaws.length > 0) throw invalidForm(flaws);
    const old = world.commands.filter((one) => one.guild === guild);
    const made = given.map((command): FakeCommand => {
      const same = old.find((one) => one.name === command.name && one.type === (command.type ?? 1));
      return {
        id: same?.id ?? world.nextId(),
        name: command.name,
        type: command.type ?? 1,
        description: command.description ?? '',
        guild,
        options: command.options ?? [],
        raw: command as unknown as FakeCommand['raw'],
      };
    });
    world.commands = [...world.commands.filter((one) => one.guild !== guild), ...made];
    return ok(made.map(wire));
  }
  return [
    '/applications/{application_id}/commands',
    '/applications/{application_id}/guilds/{guild_id}/commands',
  ].flatMap((path) => [
    { method: 'GET', path, bot: true, run: list },
    { method: 'PUT', path, bot: true, run: put },
  ]);
}

function channelRoutes({ world, messages, announce }: Rooms): Route[] {
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

function interactionRoutes({ world, messages, interactions, announce }: Rooms): Route[] {
  const hook = '/webhooks/{webhook_id}/{webhook_token}';

  function behind(params: Request['params']): FakeInteraction {
    if (params.webhook_id !== world.self) throw mistaken(404, 10015, 'Unknown Webhook');
    return interactions.byToken(params.webhook_token);
  }

  function target(params: Request['params']): {
    interaction: FakeInteraction;
    message: FakeMessage;
  } {
    const interaction = behind(params);
    const id = params.message_id ?? interaction.original;
    const own = id !== null && (id === interaction.original || interaction.followups.includes(id));
    if (id === null || !own) throw new Refused(404, 10008, 'Unknown Message');
    return { interaction, message: messages.find(interaction.channel, id) };
  }

  function edit({ params, body, uploads }: Request): Answer {
    const { interaction, message } = target(params);
    const edited = messages.edit(message, body as MessageBody, uploads);
    if (message.id === interaction.original) interaction.deferred = false;
    if (edited.only === null) announce('UPDATE', edited);
    return ok(wireMessage(world, edited));
  }

  const get = ({ params }: Request) => ok(wireMessage(world, target(params).message));

  function remove({ params }: Request): Answer {
    const { interaction, message } = target(params);
    world.remove(message);
    if (message.id === interaction.original) interaction.original = null;
    if (message.only === null) announce('DELETE', message);
    return done;
  }

  return [
    {
      method: 'POST',
      path: '/interactions/{interaction_id}/{interaction_token}/callback',
      bot: false,
      run({ params, query, body, uploads }) {
        const interaction = interactions.find(params.interaction_id, params.interaction_token);
        const answer = body as AnswerBody;
        const message = interactions.answer(interaction, answer, uploads);
        if (message !== null && message.only === null && answer.type !== answers.deferredUpdate) {
          announce(answer.type === answers.update ? 'UPDATE' : 'CREATE', message);
        }
        if (query.get('with_response') !== 'true') return done;
        const about = {
          id: interaction.id,
          type: interactionTypes[interaction.kind],
          channel_id: interaction.channel,
          ...(message === null
            ? {}
            : {
                response_message_id: message.id,
                response_message_loading: (message.flags & flags.loading) !== 0,
                response_message_ephemeral: message.only !== null,
              }),
        };
        const shown = answer.type === answers.message || answer.type === answers.update;
        const resource = {
          type: answer.type,
          ...(shown && message ? { message: wireMessage(world, message) } : {}),
        };
        return ok({ interaction: about, resource }, message ?? undefined);
      },
    },
    {
      method: 'POST',
      path: hook,
      bot: false,
      run({ params, body, uploads }) {
        const interaction = behind(params);
        const given = body as MessageBody;
        const waiting = interaction.deferred ? interaction.original : null;
        if (waiting !== null) {
          // For old bots: the first follow-up fills the deferred answer, whose visibility stays.
          const { flags: asked, ...rest } = given;
          const filled = { ...rest, flags: (asked ?? 0) & ~flags.ephemeral };
          return edit({
            params: { ...params, message_id: waiting },
            body: filled,
            uploads,
            query: new URLSearchParams(),
          });
        }
        const ephemeral = ((given.flags ?? 0) & flags.ephemeral) !== 0;
        const message = messages.create(interaction.channel, given, uploads, {
          interaction,
          ephemeral,
        });
        interaction.followups.push(message.id);
        if (!ephemeral) announce('CREATE', message);
        return ok(wireMessage(world, message), message);
      },
    },
    ...[`${hook}/messages/@original`, `${hook}/messages/{message_id}`].flatMap((path): Route[] => [
      { method: 'GET', path, bot: false, run: get },
      { method: 'PATCH', path, bot: false, run: edit },
      { method: 'DELETE', path, bot: false, run: remove },
    ]),
  ];
}
