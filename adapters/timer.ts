import { setTimeout as pause } from 'node:timers/promises';

/** Monotonic milliseconds, and a wait that can be given up. Trials give one that leaps. */
export interface Timer {
  now(): number;
  /** Resolves when the time is over, and rejects when the signal says that nobody waits any more. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realTimer: Timer = {
  now: () => performance.now(),
  wait: (ms, signal) => pause(ms, undefined, signal === undefined ? {} : { signal }),
};
