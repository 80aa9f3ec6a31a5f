import type { Reads, Store, Tx } from '../bot/store.ts';

/** One call of the store as it was seen from outside. */
export interface StoreCall {
  /** "ledger.holdings" for a read, "transact" for a transaction. */
  readonly name: string;
  readonly began: number;
  readonly ended: number;
  /** Whether a read found anything. */
  readonly found: boolean;
  /** What a transaction called, in order. */
  readonly inside: readonly string[];
}

type Call = (...args: unknown[]) => Promise<unknown>;
type Group = Call | Readonly<Record<string, Call>>;

/** The same store, telling when each read and each transaction began and ended. */
export function observedStore(store: Store, observe: (call: StoreCall) => void): Store {
  return {
    ...store,
    read: eachCall(store.read, (name, call) => async (...args) => {
      const began = performance.now();
      const value = await call(...args);
      observe({ name, began, ended: performance.now(), found: value !== null, inside: [] });
      return value;
    }),
    async transact(work) {
      const began = performance.now();
      const inside: string[] = [];
      const value = await store.transact((tx) => {
        inside.length = 0;
        return work(noting(tx, inside));
      });
      observe({ name: 'transact', began, ended: performance.now(), found: true, inside });
      return value;
    },
  };
}

function noting(tx: Tx, inside: string[]): Tx {
  return eachCall(tx, (name, call) => (...args) => {
    inside.push(name);
    return call(...args);
  });
}

function eachCall<T extends Reads>(calls: T, wrap: (name: string, call: Call) => Call): T {
  const groups = Object.entries(calls as unknown as Readonly<Record<string, Group>>);
  const wrapped = groups.map(([name, group]) => [
    name,
    typeof group === 'function'
      ? wrap(name, group)
      : Object.fromEntries(
          Object.entries(group).map(([key, call]) => [key, wrap(`${name}.${key}`, call)]),
        ),
  ]);
  return Object.fromEntries(wrapped) as T;
}
