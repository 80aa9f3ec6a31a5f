import { setTimeout as pause } from 'node:timers/promises';
import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../../bot/ports.ts';
import type { Timer } from '../timer.ts';
import { clientOptions, type Deliver } from './bolt.ts';
import { boltLogger } from './bolt-logger.ts';
import { refusalOf, sentences } from './faults.ts';
import { deliverySchema } from './payload.ts';

interface SocketPorts {
  readonly appToken: string;
  readonly apiRoot: string | undefined;
  readonly log: Logger;
  readonly timer: Timer;
  readonly deliver: Deliver;
  /** What is wrong with the connection, or null when it stands. */
  readonly fault: (sentence: string | null) => void;
  readonly pauseMs: number;
}

const longestPauseMs = 30_000;
const stopPatienceMs = 1_000;
const hopeless =
  /^(invalid_auth|not_allowed_token_type|not_authed|account_inactive|token_revoked)$/;
const bodySchema = z.record(z.string(), z.unknown());

/**
 * Bolt's Socket Mode, acknowledged only when what came is stored. The connection is renewed here:
 * the library's own renewal ends the process when the network is away.
 */
export function socketReceiver(ports: SocketPorts): { receiver: Receiver; up(): Promise<void> } {
  const { appToken, apiRoot, log, timer, deliver, fault } = ports;
  const { logger, ...options } = clientOptions(apiRoot, log);
  const socket = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    processEventErrorHandler: async () => false,
    installerOptions: { clientOptions: options },
  });
  // A field of the library's client that its receiver has no option for.
  Object.assign(socket.client, { autoReconnectEnabled: false });
  const underway = new Set<Promise<void>>();
  const stopping = new AbortController();
  const stopped = () => stopping.signal.aborted;
  let firstTry: { up: () => void; down: (error: unknown) => void } | null = null;

  async function take(app: App, event: Parameters<App['processEvent']>[0]): Promise<void> {
    const body = bodySchema.safeParse(event.body);
    const read = deliverySchema.safeParse(event.body);
    if (!body.success || !read.success) {
      log.warn({ platform: 'slack', why: 'not a delivery' }, 'an envelope was refused');
      return event.ack();
    }
    const settled = await deliver(app, body.data, read.data, event.retryNum ?? 0);
    // What is not acknowledged comes again; what is refused would for ever.
    if (settled.kind === 'again') return;
    await event.ack(settled.kind === 'refused' ? undefined : settled.answer);
  }

  /** Resolves when a connection that stood is gone. */
  async function connection(): Promise<void> {
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const over = () => resolve();
    socket.client.once('disconnected', over);
    try {
      await socket.client.start();
      if (stopped()) return await disconnect();
      fault(null);
      firstTry?.up();
      await gone;
    } finally {
      // A try that failed has heard of no end, and there may be many.
      socket.client.off('disconnected', over);
    }
  }

  /** The library waits for a close that never comes when the line is gone already. */
  async function disconnect(): Promise<void> {
    const patience = pause(stopPatienceMs, undefined, { ref: false });
    await Promise.race([socket.client.disconnect().catch(() => undefined), patience]);
  }

  async function keepUp(): Promise<void> {
    for (let failures = 0; !stopped(); ) {
      try {
        await connection();
        failures = 0;
      } catch (error) {
        if (stopped()) return;
        const dead = hopeless.test(refusalOf(error) ?? '');
        fault(dead ? sentences.appToken : sentences.away);
        if (dead && firstTry !== null) return firstTry.down(error);
        firstTry?.up();
        failures += 1;
      }
      firstTry = null;
      if (!stopped() && failures > 0) {
        const ms = Math.min(longestPauseMs, ports.pauseMs * 2 ** (failures - 1));
        await timer.wait(ms, stopping.signal).catch(() => undefined);
      }
    }
  }

  return {
    receiver: {
      init(app) {
        const held: App = Object.create(app, {
          processEvent: {
            value: (event: Parameters<App['processEvent']>[0]) => {
              const work = take(app, event)
                .catch((error: unknown) =>
                  log.warn({ platform: 'slack', error: nameOf(error) }, 'not acknowledged'),
                )
                .finally(() => underway.delete(work));
              underway.add(work);
              return work;
            },
          },
        });
        socket.init(held);
      },
      start: async () => undefined,
      async stop() {
        stopping.abort();
        // What was stored is acknowledged while there is a line for it.
        const patience = pause(stopPatienceMs, undefined, { ref: false });
        await Promise.race([Promise.all(underway), patience]);
        await disconnect();
      },
    },
    /** Connects; a network that is away is no error, a token that is refused is. */
    up() {
      const first = new Promise<void>((resolve, reject) => {
        firstTry = { up: resolve, down: reject };
      });
      void keepUp();
      return first;
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
