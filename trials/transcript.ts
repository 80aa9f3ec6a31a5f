import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../adapters/config.ts';
import { replay } from '../bot/advice/replay.ts';
import { type Turn, transcript } from '../demo/transcript.ts';
import { quiet } from '../fakes/store.ts';
import { startTelegram } from '../fakes/telegram/server.ts';
import { createLeapingTimer } from '../fakes/telegram/timer.ts';
import { type Keel, start } from '../main.ts';
import { rowsOf } from './rows.ts';
import { type Speaker, settled, telegramSpeaker, webSpeaker } from './speakers.ts';
import { prices, standingAt } from './telegram-stage.ts';

export interface Played {
  readonly rows: ReadonlyMap<string, readonly string[]>;
  readonly violations: readonly string[];
  /** What the person's phone shows at the end; empty on the web. */
  readonly shown: readonly string[];
}

/** From turn to turn. */
const minute = 60_000;

/** Plays the transcript through a whole Keel on one platform, under a clock of its own. */
export async function playTranscript(
  platform: 'web' | 'telegram',
  turns = transcript,
): Promise<Played> {
  const home = mkdtempSync(join(tmpdir(), 'keel-transcript-'));
  let now = standingAt;
  const clock = { now: () => now };
  const timer = createLeapingTimer();
  const fake = await startTelegram({ now: clock.now, paceNow: timer.now });
  const config = readConfig({
    KEEL_HOME: home,
    KEEL_PRICES: prices,
    KEEL_CLOCK: 'panel',
    KEEL_PORT: '0',
    KEEL_THREADS: '1',
    KEEL_SECRET: 'the same secret on both platforms, for equal keys',
    ...(platform === 'telegram'
      ? { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url }
      : {}),
  });
  try {
    const keel = await start(config, { log: quiet, clock, telegramTimer: timer });
    const speaker = platform === 'web' ? await webSpeaker(keel) : telegramSpeaker(keel, fake, 77);
    for (const turn of turns) {
      // Waiting takes no time of its own: what goes on meanwhile happens at one moment.
      if (!('until' in turn)) now += minute;
      await act(speaker, turn);
    }
    await settled(keel);
    const violations = [...fake.world.violations, ...(await unsound(keel))];
    speaker.close();
    await keel.stop();
    const messages = [...(fake.world.chats.get(77)?.messages.values() ?? [])];
    return { rows: await rowsOf(home), violations, shown: messages.map(({ text }) => text) };
  } finally {
    await fake.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function act(speaker: Speaker, turn: Turn): Promise<void> {
  if ('say' in turn) return speaker.say(turn.say);
  if ('press' in turn) return speaker.press(turn.press);
  if ('until' in turn) return speaker.until(turn.until);
  return speaker.upload(turn.file, Buffer.from(turn.content));
}

/** Advice that does not replay, a broken audit chain, something parked. */
async function unsound({ store }: Keel): Promise<string[]> {
  const found: string[] = [];
  for (const workspace of await store.read.audit.workspaces()) {
    const { brokenAt } = await store.read.audit.verify(workspace);
    if (brokenAt !== null) found.push(`the audit chain is broken at ${brokenAt}`);
    for (const advice of await store.read.recommendations.all(workspace)) {
      const outcome = await replay(store.read, advice, advice);
      if (outcome.kind !== 'same') found.push(`advice ${advice.id} does not replay`);
    }
  }
  const parked = await store.read.inbox.parked();
  return [...found, ...parked.map(({ id }) => `event ${id} was parked`)];
}
