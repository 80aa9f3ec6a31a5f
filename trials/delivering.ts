import { setTimeout as pause } from 'node:timers/promises';
import type { Turn } from '../demo/transcript.ts';
import type { ChatPerson, ChatPlatform, ChatStage, Delivery } from './chat-stage.ts';
import { settled } from './settled.ts';

/** What a person does in a turn; null when the turn is to wait and what it waits for has come. */
export async function actOf(person: ChatPerson, turn: Turn): Promise<Delivery | null> {
  if ('say' in turn) return person.said(turn.say);
  if ('press' in turn) return person.pressed(turn.press);
  if ('file' in turn) return person.sentFile(turn.file, Buffer.from(turn.content));
  for (let tries = 0; tries < 3_000; tries++) {
    if (person.standing().some(({ words }) => words.includes(turn.until))) return null;
    await pause(20);
  }
  throw new Error(`Waited in vain for "${turn.until}".`);
}

/**
 * Delivers all of these at once, each until it is acknowledged, and waits for what they cause. Keel may
 * be restarted meanwhile.
 */
export async function deliverAtOnce(
  stage: ChatStage,
  batch: readonly Delivery[],
  restart: boolean,
): Promise<void> {
  const posting = releasing(stage.platform, Promise.all(batch.map(delivered)));
  if (restart) await stage.restart();
  await posting;
  await settled(stage.keel());
}

/** As platforms do: again until it is acknowledged. */
async function delivered(delivery: Delivery): Promise<void> {
  let last: unknown;
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      return await delivery.post();
    } catch (error) {
      last = error;
      await pause(50);
    }
  }
  throw new Error('A delivery was never taken.', { cause: last });
}

/** What is held back on the way comes after what was sent later. */
async function releasing(platform: ChatPlatform, posting: Promise<unknown>): Promise<void> {
  let done = false;
  const posted = posting.finally(() => {
    done = true;
  });
  posted.catch(() => undefined);
  while (!done) {
    await pause(20);
    platform.release();
  }
  await posted;
}

export function shuffled<T>(list: readonly T[], chance: () => number): T[] {
  return list
    .map((item) => ({ item, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
