import { tooFast } from './faults.ts';
import { choices, limits } from './limits.ts';

const { windowMs } = limits.invalidRequests;

/**
 * Counts what Discord refuses: an address with too many refused requests in any ten minutes is banned,
 * so sending stops long before.
 */
export function createInvalidCount(now: () => number, pause: number = choices.invalidPause) {
  /** When each was refused, the oldest first; never more than there are before all stops. */
  let refused: number[] = [];

  function recent(): readonly number[] {
    const since = now() - windowMs;
    const first = refused.findIndex((at) => at > since);
    if (first !== 0) refused = first === -1 ? [] : refused.slice(first);
    return refused;
  }

  const most = (urgent: boolean) => (urgent ? Math.max(pause, choices.invalidStop) : pause);
  const stops = (urgent: boolean) => recent().length >= most(urgent);

  return {
    /** Notes an answer. @returns true when sending stops by it */
    note(status: number, scope: string | null): boolean {
      if (![401, 403, 429].includes(status) || scope === 'shared') return false;
      recent();
      refused.push(now());
      return refused.length === pause;
    },
    /** Whether there were too many; an answer that somebody waits for may go on longer. */
    stops,
    /** @throws PortError 'rate-limited' when there were too many */
    check(urgent: boolean): void {
      if (!stops(urgent)) return;
      const [freed] = refused.slice(-most(urgent));
      throw tooFast(freed + windowMs - now());
    },
    count: () => recent().length,
  };
}
