import type { Store, Tx } from '../store.ts';
import type { Written } from './reword.ts';

/** Keys of messages are remembered this long, enough for a slow model. */
const REMEMBERED = 1_000;

/**
 * A store that tells of every committed reply that carries statements, together with a question:
 * whether nothing has taken the message's place since. Rolled-back replies are never told of.
 */
export function tracked(
  store: Store,
  told: (written: Written, current: () => boolean) => void,
): Store {
  const latest = new Map<string, number>();
  let count = 0;

  function noted({ conversation, reply }: Written): () => boolean {
    const keys = [reply.key, ...(reply.replaces === undefined ? [] : [reply.replaces])].map((key) =>
      JSON.stringify([conversation, key]),
    );
    const mine = ++count;
    for (const key of keys) latest.set(key, mine);
    for (const key of latest.keys()) {
      if (latest.size <= REMEMBERED) break;
      latest.delete(key);
    }
    return () => latest.get(keys[0]) === mine;
  }

  return {
    ...store,
    async transact(work) {
      let put: Written[] = [];
      const result = await store.transact((tx) => {
        // A transaction that is retried begins anew.
        put = [];
        return work(recording(tx, (rows) => put.push(...rows)));
      });
      for (const written of put) {
        const current = noted(written);
        if (carriesStatements(written)) told(written, current);
      }
      return result;
    },
  };
}

function recording(tx: Tx, seen: (rows: readonly Written[]) => void): Tx {
  const outbox: Tx['outbox'] = {
    ...tx.outbox,
    async put(rows, at) {
      await tx.outbox.put(rows, at);
      seen(rows);
    },
  };
  return { ...tx, outbox };
}

function carriesStatements({ reply }: Written): boolean {
  return reply.blocks.some((block) => block.kind === 'text' && block.statements !== undefined);
}
