import { AsyncLocalStorage } from 'node:async_hooks';
import type { Reads } from '../../bot/store.ts';

/**
 * Tells calls made inside a transaction from those outside. A read on the outer handle from inside
 * waits forever on PGlite's one connection, and sees the past on Postgres: both are refused at once.
 */
export class Outside {
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>();

  async within<T>(work: () => Promise<T>): Promise<T> {
    const span = { open: true };
    try {
      return await this.#inside.run(span, work);
    } finally {
      span.open = false;
    }
  }

  /** Runs work that only happens to be started from inside, as a job woken by a commit is. */
  apart<T>(work: () => Promise<T>): Promise<T> {
    return this.#inside.run({ open: false }, work);
  }

  check(): void {
    if (this.#inside.getStore()?.open)
      throw new Error(
        'A transaction is open here: read and write through its tx, not through the store.',
      );
  }
}

type Call = (...args: unknown[]) => Promise<unknown>;
type Group = Readonly<Record<string, Call>>;

/** The same reads, each refused inside a transaction and with its failures made port errors. */
export function guardReads(
  reads: Reads,
  outside: Outside,
  asFailure: (error: unknown) => unknown,
): Reads {
  const guard = (call: Call): Call => {
    return async (...args: unknown[]): Promise<unknown> => {
      outside.check();
      try {
        return await call(...args);
      } catch (error) {
        throw asFailure(error);
      }
    };
  };
  const groups = Object.entries(reads as unknown as Readonly<Record<string, Call | Group>>);
  const guarded = groups.map(([name, group]) => [
    name,
    typeof group === 'function'
      ? guard(group)
      : Object.fromEntries(Object.entries(group).map(([key, call]) => [key, guard(call)])),
  ]);
  return Object.fromEntries(guarded) as Reads;
}
