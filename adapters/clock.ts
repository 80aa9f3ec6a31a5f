import type { Clock } from '../bot/ports.ts';

/** The real time. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * A clock that begins at a given time and then runs as real time does: for demos and tests that
 * stand at the last price of an old file.
 */
export function clockFrom(start: number): Clock {
  const began = performance.now();
  return { now: () => Math.floor(start + (performance.now() - began)) };
}
