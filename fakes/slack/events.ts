import type { Delivery, DeliveryOffice, Outcome } from './delivery.ts';
import type { SlackTeam } from './team.ts';
import { wireMessage } from './wire.ts';
import type { Json, SlackMessage, World } from './world.ts';

/** The Events API: what happened, wrapped as Slack wraps it, for what the app subscribed to. */
export function createEvents(world: World, delivery: DeliveryOffice) {
  function wrap(team: SlackTeam, event: Json): Delivery {
    const id = world.id('Ev');
    const at = Math.floor(world.now() / 1_000);
    return {
      id,
      kind: 'events',
      team: team.id,
      body: {
        token: 'fake-verification-token',
        team_id: team.id,
        context_team_id: team.id,
        context_enterprise_id: null,
        api_app_id: world.app.id,
        event: { ...event, event_ts: event.event_ts ?? event.ts ?? `${at}.000100` },
        type: 'event_callback',
        event_id: id,
        event_time: at,
        authorizations: [
          {
            enterprise_id: null,
            team_id: team.id,
            user_id: team.botUser,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        is_ext_shared_channel: false,
        event_context: `4-fake-${id}`,
      },
    };
  }

  return {
    wrap,
    push: (team: SlackTeam, event: Json): Promise<Outcome> => delivery.push(wrap(team, event)),
    /** The bot's own words come back to it in direct conversations; whoever answers them loops. */
    echo(team: SlackTeam, message: SlackMessage, what: 'posted' | 'changed' | 'deleted'): void {
      const channel = team.channels.get(message.channel)!;
      if (channel.kind !== 'im' || message.ephemeralTo !== undefined) return;
      const where = { channel: channel.id, channel_type: 'im' };
      const wired = wireMessage(world, team, message);
      const event =
        what === 'posted'
          ? { ...wired, ...where }
          : what === 'changed'
            ? {
                type: 'message',
                subtype: 'message_changed',
                message: wired,
                hidden: true,
                ...where,
              }
            : { type: 'message', subtype: 'message_deleted', deleted_ts: message.ts, ...where };
      void delivery.push(wrap(team, { ...event, event_ts: world.ts() }));
    },
    /** What the settings page does with a new address: it must echo the challenge. */
    async verifyUrl(): Promise<boolean> {
      const challenge = `challenge-${world.serial()}`;
      const outcome = await delivery.push({
        id: world.id('Ev'),
        kind: 'events',
        team: '',
        body: { token: 'fake-verification-token', challenge, type: 'url_verification' },
      });
      const said = (outcome.body as { challenge?: string }).challenge ?? outcome.body;
      return outcome.acknowledged && said === challenge;
    },
  };
}

export type Events = ReturnType<typeof createEvents>;
