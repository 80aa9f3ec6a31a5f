import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Leg, Proposal } from '../../bot/advice/types.ts';
import { Conflict, PortError } from '../../bot/errors.ts';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { proposalLegs, proposals } from './schema/index.ts';

const proposalsOf = (scope: Scope) =>
  and(eq(proposals.workspace, scope.workspace), eq(proposals.person, scope.person));

export function readProposals(db: Executor): Reads['proposals'] {
  return {
    async get(scope, id) {
      const [row] = await db
        .select()
        .from(proposals)
        .where(and(proposalsOf(scope), eq(proposals.id, id)));
      return row ? (await withLegs(db, [row]))[0] : null;
    },
    async list(scope, limit) {
      const rows = await db
        .select()
        .from(proposals)
        .where(proposalsOf(scope))
        .orderBy(desc(proposals.position))
        .limit(limit);
      return withLegs(db, rows);
    },
    async unfinished() {
      const rows = await db
        .select()
        .from(proposals)
        .where(sql`${proposals.state} in ('confirmed', 'submitting', 'partly-filled')`)
        .orderBy(asc(proposals.createdAt), asc(proposals.id));
      return withLegs(db, rows);
    },
  };
}

export function writeProposals(tx: Executor): Tx['proposals'] {
  return {
    ...readProposals(tx),
    async insert(proposal) {
      const { legs, ...row } = proposal;
      await tx.insert(proposals).values(row);
      if (legs.length > 0)
        await tx.insert(proposalLegs).values(legs.map((leg) => fromLeg(proposal.id, leg)));
    },
    async update(next) {
      const moved = await tx
        .update(proposals)
        .set({
          version: next.version,
          state: next.state,
          expiresAt: next.expiresAt,
          confirmedBy: next.confirmedBy,
          reason: next.reason,
          source: next.source,
          messageKey: next.messageKey,
        })
        .where(at(next, eq(proposals.version, next.version - 1)))
        .returning({ hash: proposals.hash });
      if (moved.length === 0)
        throw new Conflict(`Proposal ${next.id} is no longer at version ${next.version - 1}.`);
      // Legs and prices are what the person saw: a transition never changes them.
      if (moved[0].hash !== next.hash)
        throw new PortError('store', 'refused', `Proposal ${next.id} cannot change its legs.`);
    },
    async supersedeOpen(scope, moment) {
      await tx
        .update(proposals)
        .set({
          state: 'superseded',
          version: sql`${proposals.version} + 1`,
          reason: 'Something newer took its place.',
          supersededAt: moment,
        })
        .where(and(proposalsOf(scope), inArray(proposals.state, ['proposed', 'approved'])));
    },
  };
}

const at = (proposal: Proposal, condition: SQL) =>
  and(proposalsOf(proposal), eq(proposals.id, proposal.id), condition);

async function withLegs(
  db: Executor,
  rows: readonly (typeof proposals.$inferSelect)[],
): Promise<Proposal[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const legs = await db
    .select()
    .from(proposalLegs)
    .where(inArray(proposalLegs.proposalId, ids))
    .orderBy(asc(proposalLegs.index));
  const byProposal = Map.groupBy(legs, (leg) => leg.proposalId);
  return rows.map(({ supersededAt: _supersededAt, position: _position, ...row }) => ({
    ...row,
    legs: (byProposal.get(row.id) ?? []).map(toLeg),
  }));
}

function fromLeg(proposalId: string, leg: Leg): typeof proposalLegs.$inferInsert {
  const { amount, cost, ...rest } = leg;
  return {
    proposalId,
    ...rest,
    ...{ amountMinor: amount.minor, amountCurrency: amount.currency },
    ...{ costMinor: cost.minor, costCurrency: cost.currency },
  };
}

function toLeg(row: typeof proposalLegs.$inferSelect): Leg {
  return {
    index: row.index,
    asset: row.asset,
    side: row.side,
    units: row.units,
    price: row.price,
    amount: { minor: row.amountMinor, currency: row.amountCurrency },
    cost: { minor: row.costMinor, currency: row.costCurrency },
  };
}
