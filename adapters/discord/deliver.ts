import { type Guild, Routes } from 'discord.js';
import type { BotDoor } from '../../bot/door.ts';
import type { ChatAdapter, Clock, Destination, Logger } from '../../bot/ports.ts';
import type { Api } from './api.ts';
import type { Direct } from './direct.ts';
import { faultOf, sentences } from './faults.ts';
import { choices } from './limits.ts';
import type { Mail } from './mail.ts';
import type { MessageIntake } from './message-intake.ts';
import { nonceOf } from './nonce.ts';
import { pointerText } from './place.ts';
import { plainMessage } from './prepare.ts';
import type { Sender } from './sender.ts';

const day = 86_400_000;
/** Discord shows it for ten seconds. */
const typingMs = 8_000;

/** The outgoing side, and what is told to the bot when somebody cannot be reached. */
export function createDeliver(ports: {
  readonly sender: Sender;
  readonly mail: Mail;
  readonly direct: Direct;
  readonly messages: MessageIntake;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Logger;
  readonly door: () => BotDoor;
  readonly tell: (sentence: string) => void;
}) {
  const { sender, mail, direct, messages, api, clock, log, door, tell } = ports;
  const typed = new Map<string, number>();

  /** A person who takes no direct messages is remembered as such, once a day. */
  async function blocked(to: Destination): Promise<void> {
    const { platform, installation, identity } = to;
    await door().receive({
      id: `gone:${identity}:${Math.floor(clock.now() / day)}`,
      source: { platform, installation, conversation: identity, identity },
      surface: 'direct',
      locale: 'en-US',
      at: clock.now(),
      body: { kind: 'lifecycle', what: 'blocked' },
    });
  }

  /** Who asked in a server hears there how to be answered; nothing personal is said. */
  async function point(to: Destination): Promise<void> {
    const spot = messages.spotOf(to.identity);
    if (spot === null) return;
    const nonce = nonceOf(['pointer', spot.message]);
    const prepared = { body: plainMessage(pointerText), files: [] };
    await mail.post(spot.channel, prepared, { nonce, silent: false });
  }

  const deliver: ChatAdapter['deliver'] = async (to, reply, previous) => {
    try {
      const ids = await sender.deliver(to, reply, previous);
      // Who was reached needs no pointer any more, whatever fails hours later.
      messages.spotOf(to.identity);
      return ids;
    } catch (error) {
      const known = faultOf(error);
      if (known.message === sentences.revoked) tell(sentences.revoked);
      if (known.code === 'gone' && to.identity !== '') {
        const noted = [blocked(to), point(to)];
        for (const result of await Promise.allSettled(noted)) {
          if (result.status === 'fulfilled') continue;
          log.warn({ error: faultOf(result.reason).code }, 'a closed direct chat was not noted');
        }
      }
      throw known;
    }
  };

  function typing(to: Destination): void {
    const channel = to.conversation === to.identity ? direct.seen(to.identity) : null;
    if (channel === null) return;
    const now = performance.now();
    if (now - (typed.get(channel) ?? Number.NEGATIVE_INFINITY) < typingMs) return;
    if (typed.size > choices.remembered) typed.clear();
    typed.set(channel, now);
    api.call('POST', Routes.channelTyping(channel)).catch(() => undefined);
  }

  return {
    deliver,
    typing,
    /** The bot was added to a server, or removed from it. */
    async installed(
      what: 'installed' | 'uninstalled',
      guild: Pick<Guild, 'id' | 'joinedTimestamp'>,
      application: string,
    ): Promise<void> {
      await door().receive({
        id: `${what}:${guild.id}:${guild.joinedTimestamp}`,
        source: {
          platform: 'discord',
          installation: application,
          conversation: guild.id,
          identity: '',
        },
        surface: 'group',
        locale: 'en-US',
        at: clock.now(),
        body: { kind: 'lifecycle', what },
      });
    },
  };
}

export type Deliver = ReturnType<typeof createDeliver>;
