import { and, desc, eq, sql } from 'drizzle-orm';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { isPerson } from './people.ts';
import { answers, goals, people } from './schema/index.ts';

const answersOf = (scope: Scope) =>
  and(eq(answers.workspace, scope.workspace), eq(answers.person, scope.person));
const goalsOf = (scope: Scope) =>
  and(eq(goals.workspace, scope.workspace), eq(goals.person, scope.person));

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
        .where(answersOf(scope))
        .orderBy(desc(answers.revision))
        .limit(1);
      return row ?? null;
    },
  };
}

/** Every revision is kept: what someone was advised on must stay readable. */
export function writeAnswers(tx: Executor): Tx['answers'] {
  return {
    ...readAnswers(tx),
    async put(scope, questionnaire, given, at) {
      await queueBehind(tx, scope);
      await tx.insert(answers).values({
        ...scopeColumns(scope),
        revision: sql`(select coalesce(max(${answers.revision}), 0) + 1 from ${answers} where ${answersOf(scope)})`,
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
        .where(goalsOf(scope))
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
        revision: sql`(select coalesce(max(${goals.revision}), 0) + 1 from ${goals} where ${goalsOf(scope)})`,
        goal,
        at,
      });
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
