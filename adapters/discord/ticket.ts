import type { Ticket } from '../../bot/event.ts';
import { choices, limits } from './limits.ts';

/** What an interaction token lets us do. The bot carries it about without reading it. */
export interface Pass {
  readonly token: string;
  /** In a server only the person sees what is said by it; in the direct chat both do anyway. */
  readonly where: 'server' | 'direct';
  /** Whether a message that says "thinking" waits to be filled, or a message was pressed. */
  readonly waits: boolean;
  /** The message that was pressed: the token can edit it. */
  readonly pressed: string | null;
}

export function ticketOf(pass: Pass, now: number): Ticket {
  const marks = `${pass.where === 'server' ? 's' : 'd'}${pass.waits ? 'w' : 'p'}`;
  return {
    value: `${marks}/${pass.pressed ?? ''}/${pass.token}`,
    until: now + limits.ticketMs - choices.ticketMarginMs,
  };
}

/** @returns null when it is none of ours */
export function readTicket({ value }: Pick<Ticket, 'value'>): Pass | null {
  const found = /^([sd])([wp])\/([\w-]*)\/([\w.~+=-]+)$/.exec(value);
  if (found === null) return null;
  const [, where, how, pressed, token] = found;
  return {
    token,
    where: where === 's' ? 'server' : 'direct',
    waits: how === 'w',
    pressed: pressed === '' ? null : pressed,
  };
}
