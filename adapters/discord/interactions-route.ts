import type { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { APIInteractionResponse } from 'discord.js';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from '../../bot/ports.ts';
import type { Timer } from '../timer.ts';
import { answers } from './answers.ts';
import { choices } from './limits.ts';
import { type Interaction, interactionSchema } from './payload.ts';
import { publicKeyOf, signatureFlaw } from './signature.ts';

/** Gives the first answer. Resolves when it was accepted, with false when it was not. */
export type Respond = (answer: APIInteractionResponse) => Promise<boolean>;

export interface RoutePorts {
  readonly publicKey: string;
  readonly log: Logger;
  /** The real time, by which signatures are young or old. */
  readonly wall: () => number;
  readonly timer: Timer;
  readonly take: (interaction: Interaction, respond: Respond) => Promise<void>;
  /** Called for every request that is Discord's. */
  readonly heard: () => void;
}

/**
 * The route that Discord posts interactions to. What is not signed by Discord, just now, is refused
 * before it is read, and logged without anything it held.
 */
export function interactionRoutes(ports: RoutePorts): Hono {
  const { log, wall, timer, take, heard } = ports;
  const app = new Hono<{ Bindings: Partial<HttpBindings> | undefined }>();
  const key = publicKeyOf(ports.publicKey);
  const refuse = (why: string) => log.warn({ why }, 'an interaction request was refused');

  app.post(
    '/',
    bodyLimit({
      maxSize: choices.interactionBytes,
      onError: (c) => {
        refuse('too large');
        return c.json({ problem: 'That is too large for an interaction.' }, 413);
      },
    }),
    async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer());
      const signature = c.req.header('x-signature-ed25519');
      const timestamp = c.req.header('x-signature-timestamp');
      const flaw = signatureFlaw(key, { signature, timestamp, body }, wall());
      if (flaw !== null) {
        refuse(flaw);
        return c.json({ problem: 'This address is for Discord alone.' }, 401);
      }
      const read = interactionSchema.safeParse(jsonOf(body));
      if (!read.success) {
        refuse('not an interaction');
        return c.json({ problem: 'That is not an interaction.' }, 400);
      }
      heard();
      if (read.data.type === 1) return c.json(answers.pong);
      const { promise, resolve } = Promise.withResolvers<APIInteractionResponse>();
      const outgoing = c.env?.outgoing;
      const respond: Respond = async (answer) => {
        resolve(answer);
        if (outgoing !== undefined) await sent(outgoing);
        // Discord takes it in before it knows the token by which the real answer comes.
        await timer.wait(choices.headStartMs);
        return true;
      };
      take(read.data, respond).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : 'unknown';
        log.error({ error: name }, 'an interaction failed');
        resolve(answers.says('Something broke here. Nothing was done; please try again.'));
      });
      return c.json(await promise);
    },
  );
  app.all('/', (c) => {
    refuse('not a POST');
    return c.json({ problem: 'Discord posts here.' }, 405);
  });
  return app as unknown as Hono;
}

/** Resolves when a response has left, or never will. */
async function sent(response: ServerResponse): Promise<void> {
  if (response.writableFinished || response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once('finish', resolve);
    response.once('close', resolve);
  });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}
