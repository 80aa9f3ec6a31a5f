import { setTimeout as pause } from 'node:timers/promises';
import type { Keel } from '../main.ts';

const patienceMs = 30_000;

/** Waits until nothing stored is unanswered, undelivered or owed to the broker. */
export async function settled(keel: Keel): Promise<void> {
  const deadline = performance.now() + patienceMs;
  let later: readonly string[] = [];
  while (performance.now() < deadline) {
    await keel.bot.idle();
    const { inbox, outbox, transfers } = keel.store.read;
    const open = [
      ...(await inbox.waiting()),
      ...(await outbox.waiting(keel.clock.now())),
      ...(await transfers.pending(1)),
    ];
    // A reply that is being sent right now is claimed: it waits for later too, but not for long.
    later = open.length === 0 ? await outbox.waiting(Number.MAX_SAFE_INTEGER) : [];
    if (open.length === 0 && later.length === 0) return;
    await pause(5);
  }
  throw new Error(
    later.length > 0
      ? `A reply could not be delivered and waits: ${later.join(', ')}`
      : 'Something stayed unanswered for half a minute.',
  );
}

/** Asks again and again until it holds; the machine may be busy. */
export async function waitFor(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patience = patienceMs,
): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await pause(5);
  }
}
