import { PortError } from '../../bot/errors.ts';
import type { Timer } from '../timer.ts';
import { choices } from './limits.ts';
import { within } from './within.ts';

/** The time in which a first answer is worked on, over all its steps. */
export function createPatience(timer: Timer) {
  const until = timer.now() + choices.storeMs;
  return {
    /** What work comes to, or null when the time is up; the work goes on. */
    soon: <T>(work: Promise<T>): Promise<T | null> =>
      within(timer, Math.max(1, until - timer.now()), work),
    /** @throws PortError 'timeout' when the time is up */
    async now<T extends object>(work: Promise<T>): Promise<T> {
      const done = await this.soon(work);
      if (done === null) throw new PortError('discord', 'timeout', 'It took too long.');
      return done;
    },
  };
}

export type Patience = ReturnType<typeof createPatience>;
