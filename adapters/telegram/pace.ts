import { PortError } from '../../bot/errors.ts';
import type { Timer } from '../timer.ts';
import { tokenBucket } from '../token-bucket.ts';
import { choices, limits } from './limits.ts';

/**
 * Keeps to Telegram's pace: per chat, per group, and in all. A 429 holds its chat; other chats go
 * on.
 */
export function createPace(timer: Timer) {
  const all = tokenBucket(limits.pace.all);
  const chats = new Map<string, ReturnType<typeof tokenBucket>>();
  const held = new Map<string, number>();

  function bucketOf(chat: string) {
    const known = chats.get(chat);
    if (known) return known;
    if (chats.size > 10_000) forgetQuiet();
    const made = tokenBucket(chat.startsWith('-') ? limits.pace.group : limits.pace.chat);
    chats.set(chat, made);
    return made;
  }

  /** A chat whose bucket is full is like one never seen. */
  function forgetQuiet(): void {
    for (const [chat, one] of chats) if (one.full(timer.now())) chats.delete(chat);
  }

  return {
    /**
     * Waits for a turn.
     * @throws PortError 'rate-limited' when it would take too long to keep others waiting
     */
    async turn(chat: string): Promise<void> {
      for (;;) {
        const now = timer.now();
        const hold = (held.get(chat) ?? now) - now;
        if (hold <= 0) held.delete(chat);
        const mine = bucketOf(chat);
        const ms = Math.max(hold, mine.waitMs(now), all.waitMs(now));
        if (ms <= 0) {
          mine.take(now);
          all.take(now);
          return;
        }
        if (ms > choices.patienceMs) throw tooFast(ms);
        await timer.wait(Math.ceil(ms));
      }
    },
    /** Telegram said 429 for this chat. */
    hold(chat: string, ms: number): void {
      held.set(chat, timer.now() + Math.min(ms, choices.longestRetryMs));
    },
  };
}

export type Pace = ReturnType<typeof createPace>;

export function tooFast(retryAfterMs: number): PortError {
  return new PortError('telegram', 'rate-limited', 'Telegram asks to slow down in this chat.', {
    retryAfterMs: Math.min(Math.ceil(retryAfterMs), choices.longestRetryMs),
  });
}
