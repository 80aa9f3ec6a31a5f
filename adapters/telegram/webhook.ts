import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from '../../bot/ports.ts';
import { faultOf } from './faults.ts';
import { choices } from './limits.ts';
import { type Update, updateSchema } from './update.ts';

export interface WebhookPorts {
  readonly secret: string;
  readonly log: Logger;
  /** Resolves once what the update asked is stored. */
  readonly take: (update: Update) => Promise<void>;
}

const secretHeader = 'x-telegram-bot-api-secret-token';

/**
 * The route that Telegram posts updates to. 200 only after the event is stored; what does not carry
 * the secret is refused before its body is read, and logged without anything it held.
 */
export function webhookRoutes({ secret, log, take }: WebhookPorts): Hono {
  const app = new Hono();
  const expected = digest(secret);
  const refuse = (why: string) => log.warn({ why }, 'a webhook request was refused');

  app.all('/', async (c, next) => {
    const given = c.req.header(secretHeader);
    if (given === undefined || !timingSafeEqual(digest(given), expected)) {
      refuse(given === undefined ? 'no secret' : 'wrong secret');
      // Its body is not read, so the connection cannot carry another request.
      c.header('Connection', 'close');
      return c.json({ problem: 'This address is for Telegram alone.' }, 401);
    }
    if (c.req.method !== 'POST') {
      refuse('not a POST');
      return c.json({ problem: 'Telegram posts here.' }, 405);
    }
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
      refuse('not JSON by its type');
      return c.json({ problem: 'Telegram sends JSON.' }, 415);
    }
    return next();
  });
  app.post(
    '/',
    bodyLimit({
      maxSize: choices.updateBytes,
      onError: (c) => {
        refuse('too large');
        return c.json({ problem: 'That is too large for an update.' }, 413);
      },
    }),
    async (c) => {
      const read = updateSchema.safeParse(await c.req.json().catch(() => null));
      if (!read.success) {
        refuse('not an update');
        return c.json({ problem: 'That is not an update.' }, 400);
      }
      try {
        await take(read.data);
      } catch (error) {
        log.error({ update: read.data.update_id, error: faultOf(error).code }, 'not stored');
        return c.json({ problem: 'It could not be stored; please send it again.' }, 503);
      }
      return c.json({ ok: true });
    },
  );
  return app;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
