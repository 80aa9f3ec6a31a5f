import { and, eq } from 'drizzle-orm';
import { Conflict } from '../../bot/errors.ts';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import { scopeColumns } from './answers.ts';
import type { Executor } from './executor.ts';
import { dialogues } from './schema/index.ts';

const dialogueOf = (scope: Scope, conversation: string) =>
  and(
    eq(dialogues.workspace, scope.workspace),
    eq(dialogues.person, scope.person),
    eq(dialogues.conversation, conversation),
  );

export function readDialogues(db: Executor): Reads['dialogues'] {
  return {
    async get(scope, conversation) {
      const [row] = await db
        .select({ state: dialogues.state, version: dialogues.version })
        .from(dialogues)
        .where(dialogueOf(scope, conversation));
      return row ?? { state: null, version: 0 };
    },
  };
}

export function writeDialogues(tx: Executor): Tx['dialogues'] {
  const reads = readDialogues(tx);
  return {
    ...reads,
    async put(scope, conversation, state, readVersion) {
      const next = { state: state ?? null, version: readVersion + 1 };
      const written =
        readVersion === 0
          ? await tx
              .insert(dialogues)
              .values({ ...scopeColumns(scope), conversation, ...next })
              .onConflictDoNothing()
              .returning({ version: dialogues.version })
          : await tx
              .update(dialogues)
              .set(next)
              .where(and(dialogueOf(scope, conversation), eq(dialogues.version, readVersion)))
              .returning({ version: dialogues.version });
      if (written.length === 1) return;
      // Forgetting removes the dialogue in the same transaction that then closes it: nothing is left to close.
      if (next.state === null && (await reads.get(scope, conversation)).version === 0) return;
      throw new Conflict(
        `The dialogue in ${conversation} has moved on from version ${readVersion}.`,
      );
    },
  };
}
