import { tooFast } from './faults.ts';
import { choices, limits } from './limits.ts';

/**
 * Counts what Discord refuses: an address with too many refused requests in ten minutes is banned, so
 * sending stops long before.
 */
export function createInvalidCount(now: () => number, pause: number = choices.invalidPause) {
  let began = Number.NEGATIVE_INFINITY;
  let count = 0;

  function fresh(): void {
    if (now() - began < limits.invalidRequests.windowMs) return;
    began = now();
    count = 0;
  }

  function stops(urgent: boolean): boolean {
    fresh();
    return count >= (urgent ? Math.max(pause, choices.invalidStop) : pause);
  }

  return {
    /** Notes an answer. @returns true when sending stops by it */
    note(status: number, scope: string | null): boolean {
      if (![401, 403, 429].includes(status) || scope === 'shared') return false;
      fresh();
      count += 1;
      return count === pause;
    },
    /** Whether there were too many; an answer that somebody waits for may go on longer. */
    stops,
    /** @throws PortError 'rate-limited' when there were too many */
    check(urgent: boolean): void {
      if (stops(urgent)) throw tooFast(began + limits.invalidRequests.windowMs - now());
    },
    count: () => count,
  };
}

export type InvalidCount = ReturnType<typeof createInvalidCount>;
