import type { Draft } from './reply.ts';

export interface Interim {
  /** Sends an interim reply; of several with one key that wait, only the newest is sent. Never fails. */
  progress(draft: Draft): Promise<void>;
  /** Lets what is being sent arrive and drops what comes later, so that the answer stays last. */
  end(): Promise<void>;
}

/** What is said while an answer is being worked out: best effort, in order, never after the answer. */
export function createInterim(
  send: (draft: Draft) => Promise<void>,
  failed: (error: unknown) => void,
): Interim {
  const waiting = new Map<string, Draft>();
  let open = true;
  let last = Promise.resolve();

  async function next(key: string): Promise<void> {
    const draft = waiting.get(key);
    if (draft === undefined || !waiting.delete(key)) return;
    await send(draft).catch(failed);
  }

  return {
    progress(draft) {
      if (!open) return last;
      waiting.set(draft.key, draft);
      last = last.then(() => next(draft.key));
      return last;
    },
    async end() {
      open = false;
      waiting.clear();
      await last;
    },
  };
}
