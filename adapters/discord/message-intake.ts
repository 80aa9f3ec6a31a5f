import type { BotDoor } from '../../bot/door.ts';
import { type Event, eventSchema } from '../../bot/event.ts';
import { inTurn } from '../../bot/in-turn.ts';
import type { Clock, Logger } from '../../bot/ports.ts';
import type { Direct } from './direct.ts';
import { faultOf } from './faults.ts';
import { fileWords, readFile } from './files.ts';
import { nameOf, refusals } from './interaction-intake.ts';
import { choices } from './limits.ts';
import type { Mail } from './mail.ts';
import { nonceOf } from './nonce.ts';
import { parseMessage, type Self, type Spot } from './parse-message.ts';
import type { Message } from './payload.ts';
import { plainMessage } from './prepare.ts';

export interface MessagePorts {
  readonly door: () => BotDoor;
  readonly mail: Mail;
  readonly direct: Direct;
  readonly download: (url: string) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Takes in what people write, in the order in which each of them wrote it. */
export function createMessageIntake(ports: MessagePorts) {
  const { door, mail, direct, clock, log } = ports;
  const turn = inTurn();
  const spots = new Map<string, Spot>();

  const store = async (event: Event) => {
    await door().receive(eventSchema.parse(event));
  };

  /** A courtesy in the direct chat: tried once. */
  async function say(message: Message, text: string): Promise<void> {
    if (message.guild_id != null) return;
    const given = { nonce: nonceOf([message.id, text]), silent: false };
    const prepared = { body: plainMessage(text), files: [] };
    await mail.post(message.channel_id, prepared, given).catch((error: unknown) => {
      log.info({ why: faultOf(error).code }, 'a sentence was not said');
    });
  }

  async function read(message: Message, self: Self): Promise<void> {
    const parsed = parseMessage(message, self, clock.now());
    if (parsed.kind === 'ignored') return;
    if (message.guild_id == null) direct.here(message.author.id, message.channel_id);
    else direct.away(message.author.id);
    if (parsed.kind === 'unreadable') return say(message, parsed.problem);
    if (parsed.spot !== null) remember(message.author.id, parsed.spot);
    if (parsed.kind === 'event') return store(parsed.event);
    const { event, attachment, more } = parsed;
    const file = await readFile(attachment, ports.download).catch(async (error: unknown) => {
      await say(message, faultOf(error).message);
      return null;
    });
    if (file === null || event.body.kind !== 'file') return;
    await store({ ...event, body: { ...event.body, file } });
    if (more > 0) await say(message, fileWords.one);
  }

  function remember(person: string, spot: Spot): void {
    if (spots.size >= choices.remembered) spots.clear();
    spots.set(person, spot);
  }

  return {
    take: (message: Message, self: Self): Promise<void> =>
      turn(message.author.id, async () => {
        try {
          await read(message, self);
        } catch (error) {
          // Discord does not send it again.
          log.error({ error: nameOf(error) }, 'a message could not be stored');
          await say(message, refusals.notStored);
        }
      }),
    /** Where somebody asked in a server, once: whose direct messages are closed hears it there. */
    spotOf(person: string): Spot | null {
      const spot = spots.get(person) ?? null;
      spots.delete(person);
      return spot;
    },
  };
}

export type MessageIntake = ReturnType<typeof createMessageIntake>;
