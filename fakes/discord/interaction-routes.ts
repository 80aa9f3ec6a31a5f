import { type AnswerBody, answers } from './interactions.ts';
import { flags, type MessageBody } from './message-body.ts';
import { mistaken, Refused } from './refused.ts';
import { type Answer, done, ok, type Request, type Rooms, type Route } from './route.ts';
import { interactionTypes, wireMessage } from './wire.ts';
import type { FakeInteraction, FakeMessage } from './world.ts';

/** Answers to interactions, and what follows them. */
export function interactionRoutes({ world, messages, interactions, announce }: Rooms): Route[] {
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
