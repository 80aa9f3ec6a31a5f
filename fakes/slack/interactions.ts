import { checkAcknowledgement } from './acknowledgement.ts';
import type { Delivery, DeliveryOffice, Outcome } from './delivery.ts';
import type { Field, Values } from './form-state.ts';
import type { SlackLimits } from './limits.ts';
import { Invalid, type Rules } from './message-rules.ts';
import type { ResponseUrls } from './response-url.ts';
import type { SlackTeam } from './team.ts';
import type { Views } from './view-methods.ts';
import { wireMessage, wireView } from './wire.ts';
import type { Json, SlackMessage, SlackView, World } from './world.ts';

interface Parts {
  readonly world: World;
  readonly delivery: DeliveryOffice;
  readonly views: Views;
  readonly responseUrls: ResponseUrls;
  readonly rules: Rules;
  readonly limits: SlackLimits;
}

/** Where somebody is when they act. */
export interface Actor {
  readonly team: SlackTeam;
  readonly user: string;
}

/** What the app made of a submitted modal. */
export type Submitted =
  | { readonly kind: 'closed' | 'cleared' | 'updated' | 'pushed' }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  /** Slack shows "We had some trouble connecting"; the modal stays. */
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/** Slash commands, presses and modals: their payloads, and what their acknowledgements do. */
export function createInteractions(parts: Parts) {
  const { world, delivery, views, responseUrls } = parts;

  function envelope({ team, user }: Actor): Json {
    const { name } = team.user(user);
    return {
      user: { id: user, username: name, name, team_id: team.id },
      api_app_id: world.app.id,
      token: 'fake-verification-token',
      team: { id: team.id, domain: team.domain },
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  function deliveryOf(actor: Actor, kind: Delivery['kind'], body: Json): Delivery {
    return { id: world.id('I'), kind, team: actor.team.id, body };
  }

  /** Where an acknowledgement that is a message goes. */
  const addressOf = (url: unknown) => responseUrls.find(new URL(String(url)).pathname);

  return {
    command(actor: Actor, channel: string, command: string, text: string): Delivery {
      const about = { team: actor.team.id, channel, user: actor.user, origin: null };
      return deliveryOf(actor, 'commands', {
        token: 'fake-verification-token',
        team_id: actor.team.id,
        team_domain: actor.team.domain,
        channel_id: channel,
        channel_name: actor.team.channels.get(channel)!.name,
        user_id: actor.user,
        user_name: actor.team.user(actor.user).name,
        command,
        text,
        api_app_id: world.app.id,
        is_enterprise_install: 'false',
        response_url: responseUrls.issue('commands', about),
        trigger_id: world.trigger(actor.team.id, actor.user),
      });
    },
    /** A press or choice on a message. */
    onMessage(actor: Actor, message: SlackMessage, action: Json, values: Values): Delivery {
      const channel = actor.team.channels.get(message.channel)!;
      const ephemeral = message.ephemeralTo !== undefined;
      const thread = message.thread === undefined ? {} : { thread_ts: message.thread };
      const about = {
        team: actor.team.id,
        channel: channel.id,
        user: actor.user,
        origin: message.ts,
        ...(message.thread === undefined ? {} : { thread: message.thread }),
      };
      return deliveryOf(actor, 'interactive', {
        type: 'block_actions',
        ...envelope(actor),
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: ephemeral,
          ...thread,
        },
        trigger_id: world.trigger(actor.team.id, actor.user),
        channel: { id: channel.id, name: channel.name },
        // What only one person sees is not sent back.
        ...(ephemeral ? {} : { message: wireMessage(world, actor.team, message) }),
        state: { values },
        response_url: responseUrls.issue('actions', about),
        actions: [action],
      });
    },
    /** A press or choice in a modal or on the App Home. */
    onView(actor: Actor, view: SlackView, action: Json, values: Values): Delivery {
      return deliveryOf(actor, 'interactive', {
        type: 'block_actions',
        ...envelope(actor),
        container: { type: 'view', view_id: view.id },
        trigger_id: world.trigger(actor.team.id, actor.user),
        view: wireView(world, view, values),
        actions: [action],
      });
    },
    shortcut(actor: Actor, callback: string, message?: SlackMessage): Delivery {
      const about =
        message === undefined
          ? { type: 'shortcut' }
          : {
              type: 'message_action',
              message: wireMessage(world, actor.team, message),
              message_ts: message.ts,
              channel: {
                id: message.channel,
                name: actor.team.channels.get(message.channel)!.name,
              },
              response_url: responseUrls.issue('actions', {
                team: actor.team.id,
                channel: message.channel,
                user: actor.user,
                origin: message.ts,
              }),
            };
      return deliveryOf(actor, 'interactive', {
        ...about,
        ...envelope(actor),
        callback_id: callback,
        action_ts: world.ts(),
        trigger_id: world.trigger(actor.team.id, actor.user),
      });
    },
    /** Asks for the options of an external select. */
    async suggest(actor: Actor, field: Field, query: string, view: SlackView | null) {
      const asked = deliveryOf(actor, 'options', {
        type: 'block_suggestion',
        ...envelope(actor),
        container: view ? { type: 'view', view_id: view.id } : { type: 'message' },
        ...(view ? { view: wireView(world, view) } : {}),
        block_id: field.block.block_id,
        action_id: field.element.action_id,
        value: query,
      });
      const outcome = await delivery.push(asked);
      checkAcknowledgement(parts, asked, outcome);
      const { options = [], option_groups: groups = [] } = outcome.body as {
        options?: Json[];
        option_groups?: { options: Json[] }[];
      };
      return [...options, ...groups.flatMap((group) => group.options)];
    },
    /** Sends a command or press; what its acknowledgement shows is shown. */
    async push(act: Delivery): Promise<Outcome> {
      const outcome = await delivery.push(act);
      const message = checkAcknowledgement(parts, act, outcome);
      const about = message === null ? undefined : addressOf(act.body.response_url);
      if (message === null || about === undefined) return outcome;
      try {
        responseUrls.show(about, message);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        const details = error.details.join('; ');
        world.violations.push(`acknowledgement of a command: ${error.message} ${details}`);
      }
      return outcome;
    },
    submission(actor: Actor, view: SlackView, values: Values): Delivery {
      return deliveryOf(actor, 'interactive', {
        type: 'view_submission',
        ...envelope(actor),
        trigger_id: world.trigger(actor.team.id, actor.user),
        view: wireView(world, view, values),
        response_urls: [],
      });
    },
    async submit(act: Delivery, team: SlackTeam, view: SlackView): Promise<Submitted> {
      const outcome = await delivery.push(act);
      if (!outcome.acknowledged) return { kind: 'failed', outcome };
      const before = world.violations.length;
      checkAcknowledgement(parts, act, outcome);
      // What Slack does not understand leaves the modal as it is, with words of trouble.
      if (world.violations.length > before) return { kind: 'failed', outcome };
      const said = (typeof outcome.body === 'string' ? {} : outcome.body) as Json;
      if (said.response_action === 'errors') {
        return { kind: 'errors', errors: said.errors as Record<string, string> };
      }
      if (said.response_action === 'clear') {
        for (const each of views.stack(team.id, view.user)) world.closeView(each.id);
        return { kind: 'cleared' };
      }
      if (said.response_action === 'update') {
        views.replace(view, said.view);
        return { kind: 'updated' };
      }
      if (said.response_action === 'push') {
        views.push(team, view.user, said.view, view);
        return { kind: 'pushed' };
      }
      // The app may have opened another modal over it meanwhile.
      if (world.views.has(view.id)) world.closeView(view.id);
      return { kind: 'closed' };
    },
    closed(actor: Actor, view: SlackView, cleared: boolean): Delivery {
      return deliveryOf(actor, 'interactive', {
        type: 'view_closed',
        ...envelope(actor),
        view: wireView(world, view),
        is_cleared: cleared,
      });
    },
  };
}

export type Interactions = ReturnType<typeof createInteractions>;
