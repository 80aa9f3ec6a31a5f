import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { transfers } from './schema/index.ts';

const of = (scope: Scope) =>
  and(eq(transfers.workspace, scope.workspace), eq(transfers.person, scope.person));

export function readTransfers(db: Executor): Reads['transfers'] {
  return {
    async pending(limit, scope) {
      const rows = await db
        .select()
        .from(transfers)
        .where(and(isNull(transfers.doneAt), scope && of(scope)))
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
