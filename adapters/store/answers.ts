import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { isPerson } from './people-rows.ts';
import { answers, goals, people, wishes } from './schema/index.ts';

type Revised = typeof answers | typeof goals | typeof wishes;

const ofPerson = (table: Revised, scope: Scope) =>
  and(eq(table.workspace, scope.workspace), eq(table.person, scope.person));

/** Every revision is kept: what someone was advised on must stay readable. */
const nextRevision = (table: Revised, scope: Scope): SQL =>
  sql`(select coalesce(max(${table.revision}), 0) + 1 from ${table} where ${ofPerson(table, scope)})`;

export function readAnswers(db: Executor): Reads['answers'] {
  return {
    async current(scope) {
      const [row] = await db
        .select({
          questionnaire: answers.questionnaire,
          answers: answers.answers,
          revision: answers.revision,
          at: answers.at,
        })
        .from(answers)
        .where(ofPerson(answers, scope))
        .orderBy(desc(answers.revision))
        .limit(1);
      return row ?? null;
    },
  };
}

export function writeAnswers(tx: Executor): Tx['answers'] {
  return {
    ...readAnswers(tx),
    async put(scope, questionnaire, given, at) {
      await queueBehind(tx, scope);
      await tx.insert(answers).values({
        ...scopeColumns(scope),
        revision: nextRevision(answers, scope),
        questionnaire,
        answers: given,
        at,
      });
    },
  };
}

export function readGoals(db: Executor): Reads['goals'] {
  return {
    async current(scope) {
      const [row] = await db
        .select({ goal: goals.goal, revision: goals.revision, at: goals.at })
        .from(goals)
        .where(ofPerson(goals, scope))
        .orderBy(desc(goals.revision))
        .limit(1);
      return row ?? null;
    },
  };
}

export function writeGoals(tx: Executor): Tx['goals'] {
  return {
    ...readGoals(tx),
    async put(scope, goal, at) {
      await queueBehind(tx, scope);
      await tx.insert(goals).values({
        ...scopeColumns(scope),
        revision: nextRevision(goals, scope),
        goal,
        at,
      });
    },
  };
}

export function readWishes(db: Executor): Reads['wishes'] {
  return {
    async current(scope) {
      const [row] = await db
        .select({ wishes: wishes.wishes, revision: wishes.revision, at: wishes.at })
        .from(wishes)
        .where(ofPerson(wishes, scope))
        .orderBy(desc(wishes.revision))
        .limit(1);
      return row ?? null;
    },
  };
}

export function writeWishes(tx: Executor): Tx['wishes'] {
  return {
    ...readWishes(tx),
    async put(scope, wanted, at) {
      await queueBehind(tx, scope);
      const revision = nextRevision(wishes, scope);
      await tx.insert(wishes).values({ ...scopeColumns(scope), revision, wishes: wanted, at });
    },
  };
}

/** Writers of one person go one after the other, so revisions never collide. */
async function queueBehind(tx: Executor, scope: Scope): Promise<void> {
  await tx.select({ id: people.id }).from(people).where(isPerson(scope)).for('update');
}

export function scopeColumns(scope: Scope): { workspace: string; person: string } {
  return { workspace: scope.workspace, person: scope.person };
}
