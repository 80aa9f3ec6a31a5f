import type { Store } from '../bot/store.ts';

/** Tells when a delivery has been stored, for platforms that are not told themselves. */
export interface Arrivals {
  readonly observe: (store: Store) => Store;
  /** How often the delivery with this id has been stored, or found stored before. */
  count(id: string): number;
}

export function countArrivals(): Arrivals {
  const counts = new Map<string, number>();
  return {
    count: (id) => counts.get(id) ?? 0,
    observe: (store) => ({
      ...store,
      async transact(work) {
        const stored: string[] = [];
        const value = await store.transact((tx) => {
          stored.length = 0;
          const insert: typeof tx.inbox.insert = (key, conversation, event, at) => {
            stored.push(event.id);
            return tx.inbox.insert(key, conversation, event, at);
          };
          return work({ ...tx, inbox: { ...tx.inbox, insert } });
        });
        for (const id of stored) counts.set(id, (counts.get(id) ?? 0) + 1);
        return value;
      },
    }),
  };
}
