import type { Endpoint, Posted } from './endpoint.ts';
import type { DeliveryFault } from './faults.ts';
import { intents } from './frames.ts';
import type { Gateway } from './gateway.ts';
import { wireEvent } from './wire.ts';
import { wireGuild } from './wire-places.ts';
import type { FakeGuild, FakeInteraction, FakeMessage, World } from './world.ts';

/** Something that is on its way to the bot. */
export interface Delivery {
  readonly t: string;
  readonly d: unknown;
  readonly guild: string | null;
  readonly intent: number;
  readonly interaction: FakeInteraction | null;
}

/** How deliveries reach the bot: over the gateway, interactions to its endpoint when it has one. */
export function createDelivery(world: World, gateway: Gateway, endpoint: Endpoint) {
  let fault: (delivery: Delivery) => DeliveryFault | null = () => null;
  let kept: Delivery[] = [];
  const posting = new Set<Promise<Posted>>();

  function carry(delivery: Delivery): void {
    const { interaction } = delivery;
    if (interaction === null || world.endpoint === null) {
      if (interaction !== null) interaction.deliveries += 1;
      gateway.dispatch(delivery);
      return;
    }
    const posted = endpoint.post(interaction).catch((error: unknown): Posted => {
      world.violations.push(`interaction ${interaction.id} could not be posted: ${String(error)}`);
      return { status: 0, body: null };
    });
    posting.add(posted);
    posted.finally(() => posting.delete(posted));
  }

  function release(): void {
    const late = kept;
    kept = [];
    for (const delivery of late) carry(delivery);
  }

  function message(what: 'CREATE' | 'UPDATE' | 'DELETE', about: FakeMessage): Delivery {
    const guild = world.channels.get(about.channel)?.guild ?? null;
    const gone = {
      id: about.id,
      channel_id: about.channel,
      ...(guild === null ? {} : { guild_id: guild }),
    };
    return {
      t: `MESSAGE_${what}`,
      d: what === 'DELETE' ? gone : wireEvent(world, about),
      guild,
      intent: guild === null ? intents.directMessages : intents.guildMessages,
      interaction: null,
    };
  }

  const delivery = {
    message,
    /** Sends it on its way, through what the faults do to it. */
    push(one: Delivery): void {
      const done = fault(one);
      if (done === 'later') {
        kept.push(one);
        return;
      }
      if (done === 'cut') gateway.cut();
      carry(one);
      if (done === 'twice') carry(one);
      release();
    },
    /** Delivers once more what was delivered. */
    repeat: carry,
    /** Delivers what a fault kept back. */
    release,
    inject(next: typeof fault): void {
      fault = next;
    },
    /** Resolves when what was posted has been answered. */
    async posted(): Promise<void> {
      while (posting.size > 0) await Promise.all(posting);
    },
    /** Resolves when the bot has taken in everything that is on its way. */
    async heard(): Promise<void> {
      await delivery.posted();
      if (gateway.sessions().length > 0) await gateway.heard();
    },
    /** The bot is added to a guild, or removed from it. */
    join(guild: FakeGuild): void {
      guild.joined = true;
      delivery.push({
        t: 'GUILD_CREATE',
        d: wireGuild(world, guild),
        guild: guild.id,
        intent: intents.guilds,
        interaction: null,
      });
    },
    leave(guild: FakeGuild): void {
      guild.joined = false;
      delivery.push({
        t: 'GUILD_DELETE',
        d: { id: guild.id },
        guild: guild.id,
        intent: intents.guilds,
        interaction: null,
      });
    },
  };
  return delivery;
}
