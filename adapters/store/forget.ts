import { and, eq, isNull, notInArray, or, sql } from 'drizzle-orm';
import type { Scope } from '../../bot/store.ts';
import { type Executor, rowsOf } from './executor.ts';
import { eraseMessages } from './forget-messages.ts';
import { erasePayloads } from './forget-record.ts';
import { readLinks } from './links.ts';
import { writeProposals } from './proposals.ts';
import {
  answers,
  buttons,
  dialogues,
  goals,
  identities,
  linkCodes,
  linkTries,
  people,
  proposals,
  wishes,
} from './schema/index.ts';

type PersonTable =
  | typeof answers
  | typeof goals
  | typeof wishes
  | typeof dialogues
  | typeof linkCodes
  | typeof identities;

/** A source that leads to nobody. */
const nowhere = {
  platform: 'forgotten',
  installation: 'forgotten',
  conversation: 'forgotten',
  identity: '',
};

/** What is erased, in the order in which it is told: one of it, and several. */
const kinds = [
  ['set of questionnaire answers', 'sets of questionnaire answers'],
  ['goal', 'goals'],
  ['set of wishes', 'sets of wishes'],
  ['open dialogue', 'open dialogues'],
  ['message', 'messages'],
  ['button', 'buttons'],
  ['note in the record', 'notes in the record'],
  ['link to a chat account', 'links to chat accounts'],
] as const;

/** What is kept, by the table that holds it: one of it, and several. */
const records = [
  ['recommendations', 'recommendation', 'recommendations'],
  ['proposals', 'proposal', 'proposals'],
  ['orders', 'order', 'orders'],
  ['fills', 'fill', 'fills'],
  ['ledger_entries', 'ledger entry', 'ledger entries'],
  ['audit_rows', 'line of the audit record', 'lines of the audit record'],
] as const;

/**
 * Erases what no retention rule covers, on every linked account and in those that were put aside
 * when they joined. What was advised, agreed and traded stays under the pseudonym, without any
 * account name or word of the person.
 */
export async function forget(
  tx: Executor,
  scope: Scope,
  at: number,
): Promise<{ readonly erased: readonly string[]; readonly kept: readonly string[] }> {
  const aside = (await readLinks(tx).of(scope)).flatMap(({ home }) => home ?? []);
  const erased: (readonly number[])[] = [];
  const kept: (readonly number[])[] = [];
  for (const each of [scope, ...aside]) {
    erased.push(await eraseOne(tx, each, at));
    kept.push(await keptOf(tx, each));
  }
  return {
    erased: kinds.flatMap(([one, many], kind) => said(inAll(erased, kind), one, many)),
    kept: records.flatMap(([, one, many], kind) => said(inAll(kept, kind), one, many)),
  };
}

/** @returns how many of each kind were erased */
async function eraseOne(tx: Executor, scope: Scope, at: number): Promise<readonly number[]> {
  await writeProposals(tx).supersedeOpen(scope, at);
  const counts = [
    await eraseRows(tx, answers, scope),
    await eraseRows(tx, goals, scope),
    await eraseRows(tx, wishes, scope),
    await eraseRows(tx, dialogues, scope),
    await eraseMessages(tx, scope),
    await eraseButtons(tx, scope),
    await erasePayloads(tx, scope, at),
    await eraseIdentities(tx, scope),
  ];
  await tx
    .update(people)
    .set({ locale: 'und', forgottenAt: at })
    .where(and(eq(people.workspace, scope.workspace), eq(people.id, scope.person)));
  // A trade under way still has to tell its outcome somewhere; every other address goes.
  await tx
    .update(proposals)
    .set({ source: nowhere, messageKey: 'forgotten' })
    .where(
      and(
        eq(proposals.workspace, scope.workspace),
        eq(proposals.person, scope.person),
        notInArray(proposals.state, ['confirmed', 'submitting', 'partly-filled']),
      ),
    );
  return counts;
}

/** With their codes, and the count of wrong ones. */
async function eraseIdentities(tx: Executor, scope: Scope): Promise<number> {
  await eraseRows(tx, linkCodes, scope);
  for (const { platform, installation, identity } of await readLinks(tx).of(scope))
    await tx
      .delete(linkTries)
      .where(
        and(
          eq(linkTries.platform, platform),
          eq(linkTries.installation, installation),
          eq(linkTries.identity, identity),
        ),
      );
  return eraseRows(tx, identities, scope);
}

async function eraseRows(tx: Executor, table: PersonTable, scope: Scope): Promise<number> {
  const gone = await tx
    .delete(table)
    .where(and(eq(table.workspace, scope.workspace), eq(table.person, scope.person)))
    .returning({ person: table.person });
  return gone.length;
}

/** Acts that were pressed stay as proof of the press, without what surrounded them; the rest goes. */
async function eraseButtons(tx: Executor, scope: Scope): Promise<number> {
  const mine = and(eq(buttons.workspace, scope.workspace), eq(buttons.person, scope.person));
  await tx
    .update(buttons)
    .set({ conversation: 'forgotten', messageKey: 'forgotten', initial: null })
    .where(mine);
  const gone = await tx
    .delete(buttons)
    .where(
      and(
        mine,
        isNull(buttons.usedAt),
        or(isNull(sql`${buttons.act} ->> 'once'`), sql`${buttons.act} ->> 'once' <> 'true'`),
      ),
    )
    .returning({ id: buttons.id });
  return gone.length;
}

/** @returns how many of each of {@link records} stay */
async function keptOf(tx: Executor, scope: Scope): Promise<readonly number[]> {
  const counted = records.map(
    ([table]) =>
      sql`(select count(*)::int from ${sql.identifier(table)} where workspace = ${scope.workspace} and person = ${scope.person}) as ${sql.identifier(table)}`,
  );
  const [kept] = await rowsOf<Readonly<Record<string, number>>>(
    tx,
    sql`select ${sql.join(counted, sql`, `)}`,
  );
  return records.map(([table]) => kept[table]);
}

function inAll(counts: readonly (readonly number[])[], kind: number): number {
  return counts.reduce((sum, each) => sum + each[kind], 0);
}

function said(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
