import { createTelegram, type TelegramOptions } from '../../adapters/telegram/index.ts';
import { goalForm } from '../../bot/dialogue/goal-form.ts';
import type { Event } from '../../bot/event.ts';
import type { Logger } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import { startTelegram } from './server.ts';
import { createLeapingTimer } from './timer.ts';

/** What was logged, as text: tests look for what must not be there. */
export function rememberedLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (fields: unknown, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  return { log: { info: keep('info'), warn: keep('warn'), error: keep('error') }, lines };
}

/** The real adapter on the fake, with a door that keeps what it is given. */
export async function scriptedTelegram(options: Partial<TelegramOptions> = {}) {
  const timer = createLeapingTimer();
  const fake = await startTelegram({ paceNow: timer.now });
  const { log, lines } = rememberedLog();
  const events: Event[] = [];
  const seen = new Set<string>();
  let failures = 0;
  const telegram = createTelegram({
    token: fake.token,
    mode: 'polling',
    apiRoot: fake.url,
    log,
    clock: { now: () => 1_780_000_000_000 },
    images: { png: () => Promise.reject(new Error('no pictures here')) },
    commands: [{ name: 'help', summary: 'Everything I can do' }],
    timer,
    timeoutSeconds: 2,
    pollPauseMs: 10,
    ...options,
  });
  telegram.connect({
    async receive(event) {
      if (failures > 0) {
        failures -= 1;
        throw new Error('The database is away.');
      }
      if (seen.has(event.id)) return false;
      seen.add(event.id);
      events.push(event);
      return true;
    },
    openForm: async (token) =>
      token.startsWith('v1.AAAA')
        ? { form: goalForm, initial: {} }
        : { refused: 'That button belongs to someone else; only they can press it.' },
  });
  return {
    fake,
    telegram,
    timer,
    events,
    lines,
    failNext(count: number): void {
      failures = count;
    },
    async stop(): Promise<void> {
      await telegram.stop();
      await fake.stop();
    },
  };
}

export function words(key: string, text: string, more: Partial<Reply> = {}): Reply {
  return {
    key,
    visibility: 'private',
    notify: 'normal',
    blocks: [{ kind: 'text', text }],
    actions: [],
    ...more,
  };
}
