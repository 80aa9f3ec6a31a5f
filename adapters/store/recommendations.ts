import { and, asc, desc, eq, getTableColumns } from 'drizzle-orm';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { artifacts, recommendations } from './schema/index.ts';

const { position, ...columns } = getTableColumns(recommendations);

const adviceFor = (scope: Scope) =>
  and(eq(recommendations.workspace, scope.workspace), eq(recommendations.person, scope.person));

export function readRecommendations(db: Executor): Reads['recommendations'] {
  return {
    async get(scope, id) {
      const [row] = await db
        .select(columns)
        .from(recommendations)
        .where(and(adviceFor(scope), eq(recommendations.id, id)));
      return row ?? null;
    },
    list: (scope, limit) =>
      db
        .select(columns)
        .from(recommendations)
        .where(adviceFor(scope))
        .orderBy(desc(position))
        .limit(limit),
    all: (workspace) =>
      db
        .select(columns)
        .from(recommendations)
        .where(eq(recommendations.workspace, workspace))
        .orderBy(asc(position)),
  };
}

export function writeRecommendations(tx: Executor): Tx['recommendations'] {
  return {
    ...readRecommendations(tx),
    async put(recommendation) {
      const { id, workspace, person, createdAt, engineVersion, seed } = recommendation;
      const { inputsHash, panelHash, policy, result, drivers } = recommendation;
      await tx.insert(recommendations).values({
        ...{ id, workspace, person, createdAt, engineVersion, seed },
        ...{ inputsHash, panelHash, policy, result, drivers },
      });
    },
  };
}

export function readArtifacts(db: Executor): Reads['artifacts'] {
  return {
    async get(hash) {
      const [row] = await db
        .select({ body: artifacts.body })
        .from(artifacts)
        .where(eq(artifacts.hash, hash));
      return row?.body ?? null;
    },
    async has(hash) {
      const [row] = await db
        .select({ hash: artifacts.hash })
        .from(artifacts)
        .where(eq(artifacts.hash, hash));
      return row !== undefined;
    },
  };
}

export function writeArtifacts(tx: Executor): Tx['artifacts'] {
  return {
    ...readArtifacts(tx),
    async put(hash, body) {
      await tx.insert(artifacts).values({ hash, body }).onConflictDoNothing();
    },
  };
}

/** Every workspace in which advice was given, whatever the audit record says. */
export async function advisedWorkspaces(db: Executor): Promise<readonly string[]> {
  const rows = await db
    .selectDistinct({ workspace: recommendations.workspace })
    .from(recommendations)
    .orderBy(asc(recommendations.workspace));
  return rows.map((row) => row.workspace);
}
