import { and, eq, isNull } from 'drizzle-orm';
import type { Reads, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { buttons } from './schema/index.ts';

export function readButtons(db: Executor): Reads['buttons'] {
  return {
    async get(id) {
      const [row] = await db.select().from(buttons).where(eq(buttons.id, id));
      return row ?? null;
    },
  };
}

export function writeButtons(tx: Executor): Tx['buttons'] {
  return {
    ...readButtons(tx),
    async put(rows) {
      if (rows.length > 0) await tx.insert(buttons).values([...rows]);
    },
    async use(id, by, at) {
      // A second press waits here for the first one's transaction, then finds the button used.
      const used = await tx
        .update(buttons)
        .set({ usedAt: at, usedBy: by })
        .where(and(eq(buttons.id, id), isNull(buttons.usedAt)))
        .returning({ id: buttons.id });
      return used.length === 1;
    },
  };
}
