import { and, asc, eq, gte, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Reply } from '../../bot/reply.ts';
import type { Reads, Scope } from '../../bot/store.ts';
import { toJson } from './audit-chain.ts';
import type { Executor } from './executor.ts';
import { readLedger } from './ledger.ts';
import { readOrders } from './orders.ts';
import { readPeople } from './people.ts';
import { readProposals } from './proposals.ts';
import { readRecommendations } from './recommendations.ts';
import * as t from './schema/index.ts';

const everything = 1_000_000;

/** Everything held about a person as plain JSON; exact integers are decimal strings. */
export async function exportPerson(db: Executor, scope: Scope): ReturnType<Reads['export']> {
  const accounts = await db.select().from(t.identities).where(of(scope, t.identities));
  const proposals = await readProposals(db).list(scope, everything);
  const trades = [];
  for (const proposal of proposals) {
    trades.push({
      proposal,
      orders: await readOrders(db).of(scope, proposal.id),
      fills: await readOrders(db).fills(scope, proposal.id),
    });
  }
  const held = {
    person: await readPeople(db).get(scope),
    accounts: accounts.map(({ platform, installation, identity, linkedAt }) => ({
      ...{ platform, installation, identity, linkedAt },
      // It belongs to an account of its own, which only that chat, unlinked, can look into.
      ...(linkedAt === null
        ? {}
        : { before: 'put aside; /unlink gives it back, /export shows it' }),
    })),
    answers: await db
      .select()
      .from(t.answers)
      .where(of(scope, t.answers))
      .orderBy(asc(t.answers.revision)),
    goals: await db.select().from(t.goals).where(of(scope, t.goals)).orderBy(asc(t.goals.revision)),
    wishes: await db
      .select()
      .from(t.wishes)
      .where(of(scope, t.wishes))
      .orderBy(asc(t.wishes.revision)),
    dialogues: await db.select().from(t.dialogues).where(of(scope, t.dialogues)),
    holdings: await readLedger(db).holdings(scope),
    ledger: await readLedger(db).entries(scope),
    recommendations: await readRecommendations(db).list(scope, everything),
    proposals: trades,
    transfers: await db.select().from(t.transfers).where(of(scope, t.transfers)),
    buttons: await db.select().from(t.buttons).where(of(scope, t.buttons)),
    messages: await messagesOf(db, accounts),
    record: await recordOf(db, scope),
  };
  return JSON.parse(toJson(held)) as Record<string, unknown>;
}

function of(
  scope: Scope,
  table: { readonly workspace: PgColumn; readonly person: PgColumn },
): SQL | undefined {
  return and(eq(table.workspace, scope.workspace), eq(table.person, scope.person));
}

type Account = typeof t.identities.$inferSelect;

async function messagesOf(db: Executor, accounts: readonly Account[]): Promise<unknown> {
  if (accounts.length === 0) return { received: [], sent: [] };
  const among = (table: typeof t.inbox | typeof t.outbox, at: PgColumn) =>
    or(
      ...accounts.map((account) =>
        and(
          eq(table.platform, account.platform),
          eq(table.installation, account.installation),
          eq(table.identity, account.identity),
          account.linkedAt === null ? undefined : gte(at, account.linkedAt),
        ),
      ),
    );
  const sent = await db
    .select({ at: t.outbox.createdAt, sentAt: t.outbox.sentAt, reply: t.outbox.reply })
    .from(t.outbox)
    .where(among(t.outbox, t.outbox.createdAt))
    .orderBy(asc(t.outbox.id));
  return {
    received: await db
      .select({ at: t.inbox.receivedAt, event: t.inbox.event })
      .from(t.inbox)
      .where(among(t.inbox, t.inbox.receivedAt))
      .orderBy(asc(t.inbox.id)),
    sent: sent.map((row) => ({ ...row, reply: row.reply && withoutFiles(row.reply) })),
  };
}

/** A file that was sent is an export before this one; held whole, each would hold all before it. */
function withoutFiles(reply: Reply): unknown {
  const blocks = reply.blocks.map((block) =>
    block.kind === 'file'
      ? { ...block, content: `left out here: ${block.content.length} characters` }
      : block,
  );
  return { ...reply, blocks };
}

async function recordOf(db: Executor, scope: Scope): Promise<unknown> {
  const rows = await db
    .select({
      seq: t.auditRows.seq,
      at: t.auditRows.at,
      actor: t.auditRows.actor,
      kind: t.auditRows.kind,
      body: t.auditPayloads.body,
    })
    .from(t.auditRows)
    .leftJoin(
      t.auditPayloads,
      and(
        eq(t.auditPayloads.workspace, t.auditRows.workspace),
        eq(t.auditPayloads.seq, t.auditRows.seq),
      ),
    )
    .where(of(scope, t.auditRows))
    .orderBy(asc(t.auditRows.seq));
  return rows.map(({ body, ...row }) => ({ ...row, payload: JSON.parse(body ?? 'null') }));
}
