import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Scope } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { people, workspaces } from './schema/index.ts';

export const isPerson = (scope: Scope) =>
  and(eq(people.workspace, scope.workspace), eq(people.id, scope.person));

/** A person about whom nothing is known yet, in the workspace of an installation. */
export async function newcomer(
  tx: Executor,
  platform: string,
  installation: string,
  locale: string,
  at: number,
): Promise<typeof people.$inferSelect> {
  const workspace = await workspaceOf(tx, platform, installation, at);
  const id = randomBytes(16).toString('hex');
  const [row] = await tx
    .insert(people)
    .values({ workspace, id, pseudonym: newPseudonym(), locale, createdAt: at })
    .returning();
  return row;
}

async function workspaceOf(
  tx: Executor,
  platform: string,
  installation: string,
  at: number,
): Promise<string> {
  await tx
    .insert(workspaces)
    .values({ id: randomBytes(16).toString('hex'), platform, installation, createdAt: at })
    .onConflictDoNothing();
  const [row] = await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(eq(workspaces.platform, platform), eq(workspaces.installation, installation)));
  return row.id;
}

function newPseudonym(): string {
  return `person-${randomBytes(8).toString('hex')}`;
}
