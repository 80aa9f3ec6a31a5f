import type { Draft } from '../reply.ts';
import type { Context } from './command.ts';

/** People wait this long without a word before they wonder. */
const PATIENCE_MS = 1_000;

/** Long work of one answer, on worker threads. */
export interface WishWork {
  /** Of the reply: it takes the place of what was said on the way. */
  readonly key: string;
  /** Runs a task of bot/tasks.ts; `label` is what is said when it takes long. */
  run<T>(label: string, task: string, input: unknown): Promise<T>;
}

/** Answers with work on worker threads, and says how far it is once that takes long. */
export async function withWork<T>(
  context: Pick<Context, 'newId' | 'progress' | 'compute'>,
  answer: (work: WishWork) => Promise<T>,
): Promise<T> {
  const key = context.newId();
  let now = { label: '', done: 0, total: 1 };
  let late = false;
  const tell = () => {
    const draft: Draft = {
      key,
      visibility: 'private',
      notify: 'silent',
      blocks: [{ kind: 'progress', ...now }],
      actions: [],
    };
    // A lost progress message costs nothing, and the answer waits for none of them.
    void context.progress(draft).catch(() => undefined);
  };
  const reach = (next: typeof now) => {
    now = next;
    if (late) tell();
  };
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer ??= setTimeout(() => {
      late = true;
      tell();
    }, PATIENCE_MS);
  };
  try {
    return await answer({
      key,
      run(label, task, input) {
        begin();
        reach({ label, done: 0, total: 1 });
        return context.compute.run(task, input, (done, total) => reach({ label, done, total }));
      },
    });
  } finally {
    clearTimeout(timer);
  }
}
