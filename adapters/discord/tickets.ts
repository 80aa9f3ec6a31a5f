import type { Timer } from '../timer.ts';
import { choices } from './limits.ts';
import type { Pass } from './ticket.ts';

interface Entry {
  /** Whether the first answer was accepted. */
  readonly answered: Promise<boolean>;
  state: 'waits' | 'done' | 'dead';
  /** When the first answer was accepted, by the timer. */
  at: number | null;
}

/** By HTTP the answer may overtake the acknowledgement: so long it is tried again. */
const overtakingMs = 3_000;

/** What this process knows of the interactions it acknowledged. */
export function createTickets(timer: Timer) {
  const known = new Map<string, Entry>();

  function keep(token: string, entry: Entry): void {
    for (const oldest of known.keys()) {
      if (known.size < choices.remembered) break;
      known.delete(oldest);
    }
    known.set(token, entry);
  }

  return {
    /** An interaction is being answered: nothing can be said by it until that is accepted. */
    expect(pass: Pass, answered: Promise<boolean>): void {
      if (known.has(pass.token)) return;
      const entry: Entry = { answered, state: pass.waits ? 'waits' : 'done', at: null };
      keep(pass.token, entry);
      answered.then(
        (accepted) => {
          entry.at = timer.now();
          if (!accepted) entry.state = 'dead';
        },
        () => {
          entry.state = 'dead';
        },
      );
    },
    /** Another process is answering it this moment: what it says may not be accepted yet. */
    adopt(pass: Pass): void {
      this.expect(pass, Promise.resolve(true));
    },
    /** Waits until it is clear. @returns null when this process has not answered it */
    async state(token: string): Promise<Entry['state'] | null> {
      const entry = known.get(token);
      if (entry === undefined) return null;
      await entry.answered.catch(() => false);
      return entry.state;
    },
    set(token: string, state: Entry['state']): void {
      const entry = known.get(token);
      if (entry === undefined) {
        keep(token, { answered: Promise.resolve(state !== 'dead'), state, at: null });
      } else entry.state = state;
    },
    /** Whether Discord may not have taken in the first answer yet. */
    fresh(token: string): boolean {
      const at = known.get(token)?.at;
      return at != null && timer.now() - at < overtakingMs;
    },
  };
}

export type Tickets = ReturnType<typeof createTickets>;
