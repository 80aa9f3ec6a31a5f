import { setTimeout as pause } from 'node:timers/promises';

/** Monotonic milliseconds, and a wait that can be given up. Tests give one that leaps. */
export interface Timer {
  now(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realTimer: Timer = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    pause(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};

/** What work comes to, or null when it takes longer; it goes on then. */
export async function within<T>(timer: Timer, ms: number, work: Promise<T>): Promise<T | null> {
  const given = new AbortController();
  try {
    return await Promise.race([work, timer.wait(ms, given.signal).then(() => null)]);
  } finally {
    given.abort();
  }
}
