import { and, eq, isNull, notInArray, or, sql } from 'drizzle-orm';
import type { Scope } from '../../bot/store.ts';
import { type Executor, rowsOf } from './executor.ts';
import { eraseMessages } from './forget-messages.ts';
import { erasePayloads } from './forget-record.ts';
import { writeProposals } from './proposals.ts';
import {
  answers,
  buttons,
  dialogues,
  goals,
  identities,
  people,
  proposals,
  wishes,
} from './schema/index.ts';

type PersonTable =
  | typeof answers
  | typeof goals
  | typeof wishes
  | typeof dialogues
  | typeof identities;

/** A source that leads to nobody. */
const nowhere = {
  platform: 'forgotten',
  installation: 'forgotten',
  conversation: 'forgotten',
  identity: '',
};

/**
 * Erases what no retention rule covers. What was advised, agreed and traded stays under the
 * pseudonym, without any account name or word of the person.
 */
export async function forget(
  tx: Executor,
  scope: Scope,
  at: number,
): Promise<{ readonly erased: readonly string[]; readonly kept: readonly string[] }> {
  await writeProposals(tx).supersedeOpen(scope, at);
  const erased = [
    said(
      await eraseRows(tx, answers, scope),
      'set of questionnaire answers',
      'sets of questionnaire answers',
    ),
    said(await eraseRows(tx, goals, scope), 'goal', 'goals'),
    said(await eraseRows(tx, wishes, scope), 'set of wishes', 'sets of wishes'),
    said(await eraseRows(tx, dialogues, scope), 'open dialogue', 'open dialogues'),
    said(await eraseMessages(tx, scope), 'message', 'messages'),
    said(await eraseButtons(tx, scope), 'button', 'buttons'),
    said(await erasePayloads(tx, scope, at), 'note in the record', 'notes in the record'),
    said(
      await eraseRows(tx, identities, scope),
      'link to a chat account',
      'links to chat accounts',
    ),
  ].filter((one) => one !== null);
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
  return { erased, kept: await keptOf(tx, scope) };
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
