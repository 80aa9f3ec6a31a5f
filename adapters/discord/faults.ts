import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { PortError } from '../../bot/errors.ts';
import { choices } from './limits.ts';

/** Sentences for the person who runs Keel; each says what to do. None carries the token. */
export const sentences = {
  token:
    'Discord does not accept the bot token. Copy it again from the Developer Portal (your application, Bot, Reset Token) into DISCORD_BOT_TOKEN and start Keel again.',
  revoked:
    'Discord no longer accepts the bot token: it was reset. Get the new one from the Developer Portal (your application, Bot), put it into DISCORD_BOT_TOKEN and start Keel again.',
  intents:
    'Discord refuses what Keel asks to hear of. Nothing privileged is needed: if the application was flagged, write to Discord; else report this.',
  away: 'Discord cannot be reached, so nobody is answered there; Keel keeps trying. Check the network of this machine, or DISCORD_API_ROOT if it is set.',
  shards: 'Discord wants the bot in more shards. Set DISCORD_SHARDS=auto and start Keel again.',
  key: 'DISCORD_PUBLIC_KEY is not the key of this application. Copy it again from the Developer Portal (your application, General Information, Public Key).',
  noEndpoint: (path: string) =>
    `Discord does not send what people do to this Keel yet: set the Interactions Endpoint URL in the Developer Portal (your application, General Information) to the public https address of this Keel and ${path}.`,
  endpoint:
    'Discord sends slash commands and buttons to an Interactions Endpoint URL, so this Keel does not see them. Clear it in the Developer Portal (your application, General Information), or set DISCORD_PUBLIC_KEY to receive them by HTTP.',
  invalid: 'Discord refused very many requests, so Keel sends nothing for some minutes.',
} as const;

const gone = [
  10_013, // unknown user
  50_007, // cannot send messages to this user
  50_278, // no server in common
];
const busy = [
  20_016, // slow mode of the channel
  20_022, // announcements too fast
  20_028, // the channel is written to too fast
  40_003, // direct messages are opened too fast
  40_062, // the service is rate limited
  130_000, // the service is overloaded
];
/** How long to wait when nobody said how long. */
const unnamedWaitMs = 30_000;
const dead = [
  10_015, // unknown webhook: the token has run out
  10_062, // unknown interaction
  50_027, // invalid webhook token
];

/** What a failed call means for the outbox; "said no" is kept apart from "not reached". */
export function faultOf(error: unknown): PortError {
  if (error instanceof PortError) return error;
  if (error instanceof RateLimitError) {
    return tooFast(error.retryAfter > 0 ? error.retryAfter : unnamedWaitMs);
  }
  if (error instanceof DiscordAPIError) return said(error);
  if (error instanceof HTTPError) {
    return new PortError('discord', 'unreachable', `Discord answered ${error.status}.`);
  }
  if (!(error instanceof Error)) {
    return new PortError('discord', 'refused', 'A message could not be made.');
  }
  if (/Expected token to be set/.test(error.message)) {
    return new PortError('discord', 'unreachable', sentences.revoked);
  }
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return new PortError('discord', 'timeout', 'Discord did not answer in time.');
  }
  // The library hands on what the network said; everything else is a fault of ours.
  if (networkCode(error) !== null) {
    return new PortError('discord', 'unreachable', 'Discord could not be reached.');
  }
  const why = `A message could not be made: ${error.message.slice(0, 200)}`;
  return new PortError('discord', 'refused', why);
}

function networkCode(error: Error): string | null {
  if (error instanceof TypeError && /fetch failed|terminated/.test(error.message)) return 'fetch';
  if (error.name === 'SocketError') return 'socket';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(code) ? code : null;
}

function said(error: DiscordAPIError): PortError {
  const code = Number(error.code);
  // An answer's own token that has run out is refused with the same status.
  if (error.status === 401 && !dead.includes(code))
    return new PortError('discord', 'unreachable', sentences.revoked);
  if (gone.includes(code)) {
    return new PortError('discord', 'gone', 'The person cannot be reached by direct message.');
  }
  if (busy.includes(code)) return tooFast(unnamedWaitMs);
  if (error.status >= 500 || error.status === 408) {
    return new PortError('discord', 'unreachable', `Discord answered ${error.status}.`);
  }
  // The words of Discord may quote what was sent; the numbers do not.
  return new PortError(
    'discord',
    'refused',
    `Discord refused a message: ${error.status}, ${code}.`,
  );
}

export function tooFast(retryAfterMs: number): PortError {
  return new PortError('discord', 'rate-limited', 'Discord asks to slow down.', {
    retryAfterMs: Math.min(Math.max(1, Math.ceil(retryAfterMs)), choices.longestRetryMs),
  });
}

export function isRefusedToken(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

/** The token of an interaction does not work: it has run out, or its answer was never accepted. */
export function isDeadTicket(error: unknown): boolean {
  return error instanceof DiscordAPIError && dead.includes(Number(error.code));
}

/** The message to edit is not there any more. */
export function isUnknownMessage(error: unknown): boolean {
  return error instanceof DiscordAPIError && Number(error.code) === 10_008;
}

/** Somebody answered before us: a delivery that came twice. */
export function isAnswered(error: unknown): boolean {
  return error instanceof DiscordAPIError && Number(error.code) === 40_060;
}
