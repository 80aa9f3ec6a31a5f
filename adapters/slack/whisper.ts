import { createHash } from 'node:crypto';
import type { Ticket } from '../../bot/event.ts';
import type { Api, Said } from './api.ts';
import { refusalOf } from './faults.ts';
import type { Place } from './place.ts';
import { type Standing, standingId } from './plan.ts';
import type { Answers } from './response-url.ts';
import { type ResponseAddress, readTicket } from './ticket.ts';
import type { Workspace } from './workspaces.ts';

type Ephemeral = Extract<Place, { kind: 'ephemeral' }>;

/** The bot is not where it was asked: commands work everywhere, messages where it was invited. */
const outside =
  /^(channel_not_found|not_in_channel|user_not_in_channel|is_archived|thread_not_found|cant_post_message)$/;

/** Messages for one person's eyes in a channel. */
export function createWhispers(api: Api, answers: Answers) {
  /** The address by which the message that stands can be replaced: it was that one that was pressed. */
  function replaceable(
    ticket: Ticket | undefined,
    previous: readonly Standing[],
  ): ResponseAddress | null {
    const address = ticket === undefined ? null : readTicket(ticket);
    if (address === null || address.origin === null || answers.left(address) === 0) return null;
    const [first] = previous;
    if (first?.kind !== 'whisper') return null;
    if (first.ts !== '') return first.ts === address.origin ? address : null;
    // A message sent by an address has no id that anybody is told. What this same press has brought,
    // such as its progress, is not what was pressed.
    return first.by === nameOf(address) ? null : address;
  }

  return {
    /**
     * Shows messages to one person; in place of the one that was pressed, where that is possible.
     * @returns their ids, or null when the person cannot be reached there
     * @throws what Slack says otherwise
     */
    async show(
      at: Workspace,
      place: Ephemeral,
      messages: readonly Said[],
      previous: readonly Standing[],
      ticket: Ticket | undefined,
      done: string[],
    ): Promise<readonly string[] | null> {
      const { channel, thread } = place;
      const inThread = thread === undefined ? {} : { thread };
      let address = replaceable(ticket, previous);
      for (const [index, said] of messages.entries()) {
        if (index < done.length) continue;
        if (index === 0 && address !== null) {
          const { origin } = address;
          try {
            await answers.say(address, said, { ...inThread, replace: true });
            done.push(standingId({ kind: 'whisper', channel, ts: origin ?? '' }));
            continue;
          } catch (error) {
            if (!isUsedUp(error)) throw error;
            address = null;
          }
        }
        try {
          const ts = await api.whisper(at, place, said);
          done.push(standingId({ kind: 'whisper', channel, ts }));
        } catch (error) {
          if (!outside.test(refusalOf(error) ?? '')) throw error;
          const spoken = ticket === undefined ? null : readTicket(ticket);
          const rest = messages.length - index;
          if (spoken === null || answers.left(spoken) < rest) return null;
          try {
            await answers.say(spoken, said, inThread);
          } catch (failure) {
            if (!isUsedUp(failure)) throw failure;
            return null;
          }
          done.push(standingId({ kind: 'whisper', channel, ts: '', by: nameOf(spoken) }));
        }
      }
      return done;
    },
  };
}

export type Whispers = ReturnType<typeof createWhispers>;

/** Tells addresses apart; the address itself is a permission, and is kept nowhere else. */
function nameOf({ url }: ResponseAddress): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

function isUsedUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'gone';
}
