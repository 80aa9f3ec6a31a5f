import { setTimeout as wait } from 'node:timers/promises';
import { type Api, GrammyError } from 'grammy';
import { PortError } from '../../bot/errors.ts';
import type { Logger } from '../../bot/ports.ts';
import { faultOf, isRefusedToken, sentences } from './faults.ts';
import { choices } from './limits.ts';
import { allowedUpdates, updateSchema } from './update.ts';

export interface PollingPorts {
  readonly api: Api;
  readonly log: Logger;
  readonly take: (update: ReturnType<typeof updateSchema.parse>) => Promise<void>;
  /** What the person who runs Keel has to know, in one sentence; null when all is well again. */
  readonly fault: (sentence: string | null) => void;
  /** How long to wait after a fault. */
  readonly pauseMs?: number;
}

/**
 * Asks Telegram for updates, one after the other. An update is confirmed only by the request after
 * the one whose updates are all taken in; what failed is asked for again.
 */
export function createPolling({ api, log, take, fault, pauseMs }: PollingPorts) {
  const stopping = new AbortController();
  let offset = 0;
  let running: Promise<void> = Promise.resolve();

  async function ask(seconds: number): Promise<void> {
    const updates = await api.getUpdates(
      { offset, timeout: seconds, limit: 100, allowed_updates: [...allowedUpdates] },
      stopping.signal as never,
    );
    // In order, so that confirming one never confirms another that is still to be taken in.
    for (const raw of updates.toSorted((a, b) => a.update_id - b.update_id)) {
      const read = updateSchema.safeParse(raw);
      if (read.success) await take(read.data).catch(notTaken);
      else log.warn({ update: raw.update_id }, 'an update of an unknown shape was left aside');
      offset = Math.max(offset, raw.update_id + 1);
    }
  }

  const pause = (ms: number) =>
    wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await ask(choices.pollSeconds);
        fault(null);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (isRefusedToken(error)) return fault(sentences.revoked);
        await pause(told(error));
      }
    }
  }

  /** Says what is wrong and how long to wait before trying again. */
  function told(error: unknown): number {
    const conflict = conflictOf(error);
    if (conflict !== null) {
      fault(conflict.lost);
      return pauseMs ?? choices.pollPauseMs;
    }
    const { code, message, retryAfterMs } = faultOf(error);
    log.warn(
      { code, why: message },
      'what Telegram delivers could not be taken; it is asked for again',
    );
    return Math.max(retryAfterMs ?? 0, pauseMs ?? 1_000);
  }

  return {
    /** @throws PortError when somebody else reads this bot's messages */
    async start(): Promise<void> {
      try {
        await ask(0);
      } catch (error) {
        const conflict = conflictOf(error);
        if (conflict !== null) throw new PortError('telegram', 'refused', conflict.start);
        throw faultOf(error);
      }
      running = run();
    },
    async stop(): Promise<void> {
      stopping.abort();
      await running;
      // Confirms what was taken in last, so that the next start need not see it again.
      if (offset > 0) await api.getUpdates({ offset, timeout: 0, limit: 1 }).catch(() => undefined);
    },
  };
}

/** The store's own words may quote what people wrote. */
function notTaken(error: unknown): never {
  if (error instanceof PortError) throw error;
  throw new PortError('store', 'unreachable', 'An update could not be stored.');
}

function conflictOf(error: unknown): { start: string; lost: string } | null {
  if (!(error instanceof GrammyError) || error.error_code !== 409) return null;
  if (/webhook/i.test(error.description)) {
    return { start: sentences.webhookLost, lost: sentences.webhookLost };
  }
  return { start: sentences.poller, lost: sentences.poller };
}
