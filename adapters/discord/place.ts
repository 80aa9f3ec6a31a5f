import { PortError } from '../../bot/errors.ts';
import type { Destination } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import type { Standing } from './standing.ts';
import { type Pass, readTicket } from './ticket.ts';

/** Where a reply goes. */
export type Target =
  /** By the token of an interaction in a server: only the person sees it. */
  | { readonly kind: 'hidden'; readonly pass: Pass; readonly until: number }
  /** To the person's direct chat; the token of an interaction there fills what waits in it. */
  | { readonly kind: 'direct'; readonly person: string; readonly pass: Pass | null }
  /** Into a channel, for everybody: nothing personal. */
  | { readonly kind: 'channel'; readonly channel: string };

/**
 * Where a reply goes: personal ones to the person alone, by the permission of what they did or by
 * direct message, never into a channel.
 *
 * @param ticket the permission, when it still works
 * @throws {PortError} 'refused' for a personal reply that is meant for nobody
 */
export function targetFor(
  to: Destination,
  reply: Pick<Reply, 'visibility'>,
  ticket: { readonly pass: Pass; readonly until: number } | null,
): Target {
  if (reply.visibility === 'public' && to.conversation !== to.identity) {
    return { kind: 'channel', channel: to.conversation };
  }
  if (to.identity === '') {
    throw new PortError('discord', 'refused', 'A personal reply needs its person.');
  }
  if (ticket?.pass.where === 'server') return { kind: 'hidden', ...ticket };
  return { kind: 'direct', person: to.identity, pass: ticket?.pass ?? null };
}

/** The permission that comes with a destination, unless its time is up. */
export function passOf(
  to: Destination,
  now: number,
): { readonly pass: Pass; readonly until: number } | null {
  if (to.ticket === undefined || to.ticket.until <= now) return null;
  const pass = readTicket(to.ticket);
  return pass === null ? null : { pass, until: to.ticket.until };
}

/** Whether what stands can be edited where the reply goes; elsewhere nobody would see the change. */
export function isEditable(
  standing: Standing,
  target: Target,
  channel: string | null,
  now: number,
): boolean {
  if (standing.kind === 'open') return target.kind !== 'hidden' && standing.channel === channel;
  if (target.kind !== 'hidden') return false;
  return standing.until > now || target.pass.pressed === standing.message;
}

/** Said in the server; nothing personal is in it. */
export const pointerText =
  'I talk about money where only you can read it, and your direct messages are closed to me. Use a slash command here instead, such as /help: only you see the answer.';

/** Said above an answer that could not be given where it was asked. */
export const lateText =
  'You asked this in a server. Discord lets me answer there for 15 minutes only, so here it is.';
