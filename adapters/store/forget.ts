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
  const counts = kinds.map(() => 0);
  const kept: string[] = [];
  for (const each of [scope, ...aside]) {
    (await eraseOne(tx, each, at)).forEach((count, kind) => {
      counts[kind] += count;
    });
    kept.push(...(await keptOf(tx, each)));
  }
  const erased = kinds.map(([one, many], kind) => said(counts[kind], one, many));
  return { erased: erased.filter((each) => each !== null), kept };
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

async function keptOf(tx: Executor, scope: Scope): Promise<readonly string[]> {
  const count = (table: string) =>
    sql`(select count(*)::int from ${sql.identifier(table)} where workspace = ${scope.workspace} and person = ${scope.person})`;
  const [kept] = await rowsOf<Readonly<Record<string, number>>>(
    tx,
    sql`select ${count('recommendations')} as advice, ${count('proposals')} as proposals,
          ${count('orders')} as orders, ${count('fills')} as fills,
          ${count('ledger_entries')} as entries, ${count('audit_rows')} as record`,
  );
  const why = 'kept because records of advice and trades must be retained';
  return [
    said(kept.advice, 'recommendation', 'recommendations'),
    said(kept.proposals, 'proposal', 'proposals'),
    said(kept.orders, 'order', 'orders'),
    said(kept.fills, 'fill', 'fills'),
    said(kept.entries, 'ledger entry', 'ledger entries'),
    said(kept.record, 'line of the audit record', 'lines of the audit record'),
  ].flatMap((one) => (one === null ? [] : [`${one}, under a pseudonym: ${why}`]));
}

function said(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
}
