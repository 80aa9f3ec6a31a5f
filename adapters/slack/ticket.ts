import type { Ticket } from '../../bot/event.ts';
import { limits } from './limits.ts';

/** A response_url, and the message for one person whose button was pressed, if it was one. */
export interface ResponseAddress {
  readonly url: string;
  readonly until: number;
  readonly origin: string | null;
}

/** The origin travels as the fragment of the address, which is never sent to anybody. */
export function ticketOf(url: string, origin: string | null, now: number): Ticket {
  const address = new URL(url);
  address.hash = origin ?? '';
  return { value: address.href, until: now + limits.responseUrl.ms };
}

/** null when the ticket is none of ours. */
export function readTicket(ticket: Ticket): ResponseAddress | null {
  const address = URL.parse(ticket.value);
  if (address === null) return null;
  const origin = address.hash === '' ? null : address.hash.slice(1);
  address.hash = '';
  return { url: address.href, until: ticket.until, origin };
}
