import { and, asc, eq, gt, inArray, isNull, lt, not, sql } from 'drizzle-orm';
import { Conflict, PortError } from '../../bot/errors.ts';
import type { Source } from '../../bot/event.ts';
import type { LinkCode, LinkedIdentity, Reads, Scope, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { isPerson, newcomer } from './people-rows.ts';
import {
  identities,
  linkCodes,
  linkTries,
  outbox,
  people,
  proposals,
  workspaces,
} from './schema/index.ts';

type Account = Pick<Source, 'platform' | 'installation' | 'identity'>;

const DAY_MS = 86_400_000;

const isAccount = (
  table: typeof identities | typeof linkTries | typeof linkCodes | typeof outbox,
  { platform, installation, identity }: Account,
) =>
  and(
    eq(table.platform, platform),
    eq(table.installation, installation),
    eq(table.identity, identity),
  );

const isOf = (table: typeof identities | typeof linkCodes, scope: Scope) =>
  and(eq(table.workspace, scope.workspace), eq(table.person, scope.person));

export function readLinks(db: Executor): Reads['links'] {
  return {
    async of(scope) {
      const rows = await db
        .select()
        .from(identities)
        .where(isOf(identities, scope))
        .orderBy(
          sql`${identities.linkedAt} nulls first`,
          asc(identities.platform),
          asc(identities.identity),
        );
      return rows.map(toLinked);
    },
    async origin(scope) {
      const [row] = await db
        .select({ platform: workspaces.platform, begunAt: people.createdAt })
        .from(people)
        .innerJoin(workspaces, eq(workspaces.id, people.workspace))
        .where(isPerson(scope));
      if (!row) throw new PortError('store', 'gone', `There is no person ${scope.person} here.`);
      return row;
    },
    async code(digest) {
      const [row] = await db.select().from(linkCodes).where(eq(linkCodes.digest, digest));
      return row ? toCode(row) : null;
    },
    async wrong(source, after) {
      const rows = await db
        .select({ at: linkTries.at, count: linkTries.count })
        .from(linkTries)
        .where(and(isAccount(linkTries, source), gt(linkTries.at, after)))
        .orderBy(asc(linkTries.at));
      return { count: rows.reduce((sum, row) => sum + row.count, 0), first: rows[0]?.at ?? null };
    },
  };
}

export function writeLinks(tx: Executor): Tx['links'] {
  return {
    ...readLinks(tx),
    async putCode({ source, ...code }) {
      // Nobody asks what became of a code of yesterday.
      await tx.delete(linkCodes).where(lt(linkCodes.expiresAt, code.createdAt - DAY_MS));
      await endCodes(tx, isOf(linkCodes, code), code.createdAt);
      await tx.insert(linkCodes).values({ ...code, ...source });
    },
    async useCode(digest, at) {
      // A second use waits here for the first one's transaction, then finds the code used.
      const used = await tx
        .update(linkCodes)
        .set({ usedAt: at })
        .where(
          and(
            eq(linkCodes.digest, digest),
            isNull(linkCodes.usedAt),
            not(lt(linkCodes.expiresAt, at)),
          ),
        )
        .returning({ digest: linkCodes.digest });
      return used.length === 1;
    },
    endCodes: (scope, at) => endCodes(tx, isOf(linkCodes, scope), at),
    async countWrong(source, at) {
      const { platform, installation, identity } = source;
      await tx.delete(linkTries).where(lt(linkTries.at, at - DAY_MS));
      await tx
        .insert(linkTries)
        .values({ platform, installation, identity, at, count: 1 })
        .onConflictDoUpdate({
          target: [linkTries.platform, linkTries.installation, linkTries.identity, linkTries.at],
          set: { count: sql`${linkTries.count} + 1` },
        });
    },
    async hold(held) {
      // One by one, in one order for everybody.
      for (const account of [...held].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)))
        await tx
          .select()
          .from(identities)
          .where(isAccount(identities, account))
          .for('no key update');
    },
    async join(source, home, code, at) {
      const asked = await tx
        .update(identities)
        .set({ conversation: code.source.conversation })
        .where(and(isAccount(identities, code.source), isOf(identities, code)))
        .returning({ person: identities.person });
      const moved = await tx
        .update(identities)
        .set({
          ...{ workspace: code.workspace, person: code.person, linkedAt: at },
          ...{ homeWorkspace: home.workspace, homePerson: home.person },
          conversation: source.conversation,
        })
        .where(
          and(isAccount(identities, source), isOf(identities, home), isNull(identities.linkedAt)),
        )
        .returning({ person: identities.person });
      if (asked.length === 0 || moved.length === 0)
        throw new Conflict('One of the two accounts has moved on.');
      await endCodes(tx, isOf(linkCodes, home), at);
    },
    async leave(identity, from, successor, at) {
      const [row] = await tx
        .select()
        .from(identities)
        .where(and(isAccount(identities, identity), isOf(identities, from)))
        .for('no key update');
      if (!row) throw new Conflict('That identity is no longer part of the account.');
      const home = toLinked(row).home ?? (await ownAccount(tx, identity, from, at));
      await tx
        .update(identities)
        .set({
          ...{ workspace: home.workspace, person: home.person, linkedAt: null },
          ...{ homeWorkspace: null, homePerson: null },
        })
        .where(isAccount(identities, identity));
      await endCodes(tx, and(isOf(linkCodes, from), isAccount(linkCodes, identity)), at);
      await tx
        .update(outbox)
        .set({ dead: true, error: 'The account was unlinked before this was sent.' })
        .where(and(isAccount(outbox, identity), isNull(outbox.sentAt), not(outbox.dead)));
      await redirectOutcomes(tx, identity, from, successor);
      return home;
    },
  };
}

/** Codes that were not used are as good as expired. */
async function endCodes(tx: Executor, which: ReturnType<typeof and>, at: number): Promise<void> {
  await tx
    .update(linkCodes)
    .set({ expiresAt: sql`least(${linkCodes.expiresAt}, ${at - 1})` })
    .where(and(which, isNull(linkCodes.usedAt)));
}

async function ownAccount(
  tx: Executor,
  { platform, installation }: Account,
  from: Scope,
  at: number,
): Promise<Scope> {
  const [{ locale }] = await tx
    .select({ locale: people.locale })
    .from(people)
    .where(isPerson(from));
  const { workspace, id } = await newcomer(tx, platform, installation, locale, at);
  return { workspace, person: id };
}

/** What a trade under way comes to is told where the account still is. */
async function redirectOutcomes(
  tx: Executor,
  left: Account,
  { workspace, person }: Scope,
  successor: Source,
): Promise<void> {
  const under = await tx
    .select({ id: proposals.id, source: proposals.source })
    .from(proposals)
    .where(
      and(
        eq(proposals.workspace, workspace),
        eq(proposals.person, person),
        inArray(proposals.state, ['confirmed', 'submitting', 'partly-filled']),
      ),
    );
  const told = under.filter(({ source }) => nameOf(source) === nameOf(left)).map(({ id }) => id);
  if (told.length === 0) return;
  await tx.update(proposals).set({ source: successor }).where(inArray(proposals.id, told));
}

function nameOf({ platform, installation, identity }: Account): string {
  return JSON.stringify([platform, installation, identity]);
}

function toLinked(row: typeof identities.$inferSelect): LinkedIdentity {
  const { platform, installation, identity, conversation, linkedAt, homeWorkspace, homePerson } =
    row;
  const home =
    homeWorkspace === null || homePerson === null
      ? null
      : { workspace: homeWorkspace, person: homePerson };
  return { platform, installation, identity, conversation, linkedAt, home };
}

function toCode(row: typeof linkCodes.$inferSelect): LinkCode {
  const { platform, installation, conversation, identity, ...code } = row;
  return { ...code, source: { platform, installation, conversation, identity } };
}
