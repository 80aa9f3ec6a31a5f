import type { MessagePort } from 'node:worker_threads';
import { packError } from './errors-across.ts';

/** A task of the table: plain data in, plain data out, telling how far it is. */
export type Task = (input: unknown, progress: (done: number, total: number) => void) => unknown;

/** What is posted back: an error's class would be lost in cloning, so it travels as data. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };

/** Runs in a worker thread: looks the task up in its module's table and runs it. */
export default async function run(job: {
  readonly module: string;
  readonly task: string;
  readonly input: unknown;
  readonly port: MessagePort | null;
}): Promise<Answer> {
  const { port } = job;
  try {
    const { tasks } = (await import(job.module)) as { tasks: Readonly<Record<string, Task>> };
    if (!Object.hasOwn(tasks, job.task)) {
      throw new Error(
        `There is no task "${job.task}"; the table has ${Object.keys(tasks).join(', ')}.`,
      );
    }
    const progress = (done: number, total: number) => port?.postMessage([done, total]);
    return { ok: true, value: await tasks[job.task](job.input, progress) };
  } catch (error) {
    return { ok: false, error: packError(error) };
  } finally {
    port?.close();
  }
}
