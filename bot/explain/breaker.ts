import type { Clock } from '../ports.ts';

export interface Breaker {
  /** Whether a call may be made now; after a pause, one at a time may probe. */
  admits(): boolean;
  succeeded(): void;
  failed(): void;
}

/** Stops calling what keeps failing: opens after `failures` in a row, probes after `pauseMs`. */
export function createBreaker(clock: Clock, failures = 3, pauseMs = 60_000): Breaker {
  let inRow = 0;
  let openUntil = Number.NEGATIVE_INFINITY;
  let probing = false;
  return {
    admits() {
      if (inRow < failures) return true;
      if (probing || clock.now() < openUntil) return false;
      probing = true;
      return true;
    },
    succeeded() {
      inRow = 0;
      probing = false;
    },
    failed() {
      inRow++;
      probing = false;
      if (inRow >= failures) openUntil = clock.now() + pauseMs;
    },
  };
}
