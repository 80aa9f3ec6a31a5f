import { GrammyError, HttpError } from 'grammy';
import { PortError } from '../../bot/errors.ts';
import { tooFast } from './pace.ts';

/** Sentences for the person who runs Keel; each says what to do. None carries the token. */
export const sentences = {
  token:
    'Telegram does not accept the bot token. Copy it again from @BotFather (/mybots, your bot, API Token) into TELEGRAM_BOT_TOKEN and start Keel again.',
  revoked:
    'Telegram no longer accepts the bot token: it was revoked. Get the new one from @BotFather (/mybots, your bot, API Token), put it into TELEGRAM_BOT_TOKEN and start Keel again; what people wrote meanwhile is kept by Telegram for a day.',
  poller:
    'Another program is reading the messages of this Telegram bot. Stop it, or make a second bot with @BotFather for this Keel and put its token into TELEGRAM_BOT_TOKEN.',
  webhook: (host: string) =>
    `The messages of this Telegram bot go to a webhook at ${host}, so this Keel cannot read them. Stop what runs there and remove the webhook with the Bot API's deleteWebhook (docs/telegram.md says how), or set TELEGRAM_WEBHOOK_URL to that address if it is this Keel's own.`,
  webhookLost:
    "The messages of this Telegram bot now go to a webhook that somebody else has set, so this Keel cannot read them. Remove it with the Bot API's deleteWebhook (docs/telegram.md says how); Keel goes on by itself then.",
  away: 'Telegram cannot be reached, so nobody is answered there; Keel keeps trying. Check the network of this machine, or TELEGRAM_API_ROOT if it is set.',
  address: (why: string) =>
    `Telegram refused the webhook address: ${why}. TELEGRAM_WEBHOOK_URL must be an https address with a public certificate on port 443, 80, 88 or 8443.`,
} as const;

/** What a failed call to the Bot API means for the outbox; "said no" is kept apart from "not reached". */
export function faultOf(error: unknown): PortError {
  if (error instanceof PortError) return error;
  if (error instanceof GrammyError) return said(error);
  if (!(error instanceof HttpError)) {
    // A fault of ours: trying again changes nothing, and Telegram had no part in it.
    const why = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    return new PortError('telegram', 'refused', `A message could not be made: ${why}`);
  }
  const late = /timed out|abort/i.test(String(error.error));
  return new PortError(
    'telegram',
    late ? 'timeout' : 'unreachable',
    late ? 'Telegram did not answer in time.' : 'Telegram could not be reached.',
    // The cause of an HttpError may quote the address, which holds the token.
    {},
  );
}

function said(error: GrammyError): PortError {
  const { error_code: code, description, parameters } = error;
  if (code === 429) return tooFast((parameters.retry_after ?? 1) * 1_000);
  if (code === 401 || (code === 404 && description === 'Not Found')) {
    return new PortError('telegram', 'unreachable', sentences.revoked);
  }
  if (code === 403 || /chat not found|user is deactivated|PEER_ID_INVALID/i.test(description)) {
    return new PortError('telegram', 'gone', 'The person cannot be reached: the bot is blocked.');
  }
  if (code >= 500) {
    return new PortError('telegram', 'unreachable', `Telegram answered ${code}.`);
  }
  return new PortError('telegram', 'refused', `Telegram refused a message: ${description}`);
}

export function isRefusedToken(error: unknown): boolean {
  return error instanceof GrammyError && [401, 404].includes(error.error_code);
}

export function isNotModified(error: unknown): boolean {
  return error instanceof GrammyError && /message is not modified/i.test(error.description);
}

/** The message to edit is not there any more, or cannot become what it should. */
export function isUneditable(error: unknown): boolean {
  return (
    error instanceof GrammyError &&
    error.error_code === 400 &&
    /message to (edit|delete) not found|message can't be (edited|deleted)|there is no (text|caption|media) in the message|MESSAGE_ID_INVALID/i.test(
      error.description,
    )
  );
}
