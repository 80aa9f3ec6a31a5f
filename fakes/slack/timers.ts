/** Time as the fake of Slack needs it: what lasts, and what happens later. */
export interface Timers {
  now(): number;
  /** Calls later; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** Real time; nothing that waits keeps a process alive. */
export const realTimers: Timers = {
  now: () => performance.now(),
  after(ms, run) {
    const handle = setTimeout(run, ms);
    handle.unref();
    return () => clearTimeout(handle);
  },
};

/** Time that passes only when it is told to, and then runs what has become due, in order. */
export function createLeapingTimers(start = 0) {
  let now = start;
  let due: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after(ms: number, run: () => void): () => void {
      const entry = { at: now + ms, run };
      due.push(entry);
      return () => {
        due = due.filter((each) => each !== entry);
      };
    },
    leap(ms: number): void {
      const until = now + ms;
      for (;;) {
        const [next] = due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        due = due.filter((each) => each !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
    },
    waiting: () => due.length,
    /** Milliseconds until the next thing is due; null when nothing is. */
    nextIn: () => (due.length === 0 ? null : Math.min(...due.map(({ at }) => at)) - now),
  };
}
