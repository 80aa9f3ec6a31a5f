import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../adapters/config.ts';
import { quiet } from '../fakes/store.ts';
import { type FakeTelegram, startTelegram } from '../fakes/telegram/server.ts';
import { createLeapingTimer } from '../fakes/telegram/timer.ts';
import { type Keel, start } from '../main.ts';

/** A whole Keel behind a webhook, on a folder that outlives its restarts, under a clock that stands. */
export interface TelegramStage {
  readonly fake: FakeTelegram;
  readonly home: string;
  keel(): Keel;
  restart(): Promise<void>;
  /** Stops Keel; its folder can be read then. */
  stop(): Promise<void>;
  clear(): Promise<void>;
}

export const prices = 'csv:../shared/market/core/core_panel_adjclose.csv.gz';
/** The last close of those prices. */
export const standingAt = Date.UTC(2026, 4, 1, 21);

export async function telegramStage(): Promise<TelegramStage> {
  const home = mkdtempSync(join(tmpdir(), 'keel-telegram-'));
  const timer = createLeapingTimer();
  const clock = { now: () => standingAt };
  const fake = await startTelegram({ now: clock.now, paceNow: timer.now });
  const port = await freePort();
  const config = readConfig({
    KEEL_HOME: home,
    KEEL_PRICES: prices,
    KEEL_CLOCK: 'panel',
    KEEL_PORT: String(port),
    KEEL_THREADS: '1',
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.url,
    TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
  });
  const begin = () => start(config, { log: quiet, clock, telegramTimer: timer });
  let keel = await begin();
  return {
    fake,
    home,
    keel: () => keel,
    async restart() {
      await keel.stop();
      // A process that starts has not sent anything for a while.
      timer.leap(60_000);
      keel = await begin();
    },
    stop: () => keel.stop(),
    async clear() {
      await fake.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
