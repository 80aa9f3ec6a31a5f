import type { App, Receiver } from '@slack/bolt';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Logger } from '../../bot/ports.ts';
import type { Deliver } from './bolt.ts';
import { choices } from './limits.ts';
import { deliverySchema } from './payload.ts';
import { refusedSignature } from './signature.ts';

interface ReceiverPorts {
  readonly signingSecret: string;
  readonly log: Logger;
  /** Real time. */
  readonly wallNow: () => number;
  readonly deliver: Deliver;
}

const challenge = z.object({ type: z.literal('url_verification'), challenge: z.string().max(500) });

/**
 * Bolt's receiver on the one HTTP server: one address for events, commands and interactions. What is
 * not signed by Slack is refused before it is read, and logged without anything it held.
 */
export function httpReceiver(ports: ReceiverPorts): { receiver: Receiver; routes: Hono } {
  const { log } = ports;
  let app: App | null = null;
  const receiver: Receiver = {
    init(given) {
      app = given;
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
  const refuse = (why: string) => log.warn({ platform: 'slack', why }, 'a request was refused');
  const routes = new Hono();
  routes.post(
    '/',
    bodyLimit({
      maxSize: choices.deliveryBytes,
      onError: (c) => {
        refuse('too large');
        return c.json({ problem: 'That is too large for a delivery of Slack.' }, 413);
      },
    }),
    async (c) => {
      const raw = new Uint8Array(await c.req.arrayBuffer());
      const signed = {
        body: raw,
        timestamp: c.req.header('x-slack-request-timestamp'),
        signature: c.req.header('x-slack-signature'),
      };
      const wrong = refusedSignature(ports.signingSecret, signed, ports.wallNow());
      if (wrong !== null) {
        refuse(wrong);
        return c.json({ problem: 'This address is for Slack alone.' }, 401);
      }
      const body = readBody(raw, c.req.header('content-type') ?? '');
      const asked = challenge.safeParse(body);
      if (asked.success) return c.json({ challenge: asked.data.challenge });
      // Slack's certificate check of an address for commands.
      if (body?.ssl_check === '1') return c.body(null, 200);
      const read = deliverySchema.safeParse(body);
      if (body === null || !read.success || app === null) {
        refuse('not a delivery');
        return c.json({ problem: 'That is not a delivery.' }, 400, { 'X-Slack-No-Retry': '1' });
      }
      const retry = Number(c.req.header('x-slack-retry-num') ?? 0);
      const settled = await ports.deliver(
        app,
        body,
        read.data,
        Number.isInteger(retry) ? retry : 0,
      );
      if (settled.kind === 'refused') {
        return c.json({ problem: 'Keel is not installed there.' }, 403, {
          'X-Slack-No-Retry': '1',
        });
      }
      if (settled.kind === 'again') {
        return c.json({ problem: 'It could not be stored; please send it again.' }, 503);
      }
      return settled.answer === undefined ? c.body(null, 200) : c.json(settled.answer);
    },
  );
  return { receiver, routes };
}

/** JSON, or a form: a command, or an interaction inside its field "payload". */
function readBody(raw: Uint8Array, type: string): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
    if (/^application\/json\b/i.test(type)) return asObject(JSON.parse(text));
    if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return null;
    const fields = new URLSearchParams(text);
    const payload = fields.get('payload');
    return payload === null ? Object.fromEntries(fields) : asObject(JSON.parse(payload));
  } catch {
    return null;
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  const read = z.record(z.string(), z.unknown()).safeParse(value);
  return read.success ? read.data : null;
}
