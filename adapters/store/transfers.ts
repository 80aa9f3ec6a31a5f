import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Reads, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { transfers } from './schema/index.ts';

export function readTransfers(db: Executor): Reads['transfers'] {
  return {
    async pending(limit) {
      const rows = await db
        .select()
        .from(transfers)
        .where(isNull(transfers.doneAt))
        .orderBy(asc(transfers.id))
        .limit(limit);
      return rows.map(({ doneAt: _doneAt, ...transfer }) => transfer);
    },
  };
}

export function writeTransfers(tx: Executor): Tx['transfers'] {
  return {
    ...readTransfers(tx),
    async owe(transfer) {
      await tx.insert(transfers).values(transfer).onConflictDoNothing({ target: transfers.id });
    },
    async done(id, at) {
      await tx
        .update(transfers)
        .set({ doneAt: at })
        .where(and(eq(transfers.id, id), isNull(transfers.doneAt)));
    },
  };
}
