import type { Timer } from '../timer.ts';

/** What work comes to, or null when it takes longer; it goes on then. */
export async function within<T>(timer: Timer, ms: number, work: Promise<T>): Promise<T | null> {
  const given = new AbortController();
  try {
    return await Promise.race([
      work,
      timer.wait(ms, given.signal).then(
        () => null,
        () => null,
      ),
    ]);
  } finally {
    given.abort();
  }
}
