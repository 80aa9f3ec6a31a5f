import { and, asc, eq, sql } from 'drizzle-orm';
import type { Fill } from '../../bot/advice/types.ts';
import { Conflict } from '../../bot/errors.ts';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import { scopeColumns } from './answers.ts';
import type { Executor } from './executor.ts';
import { fills, orders } from './schema/index.ts';

const ordersOf = (scope: Scope) =>
  and(eq(orders.workspace, scope.workspace), eq(orders.person, scope.person));

export function readOrders(db: Executor): Reads['orders'] {
  return {
    of: (scope, proposalId) =>
      db
        .select()
        .from(orders)
        .where(and(ordersOf(scope), eq(orders.proposalId, proposalId)))
        .orderBy(asc(orders.leg)),
    async fills(scope, proposalId) {
      const rows = await db
        .select({ fill: fills })
        .from(fills)
        .innerJoin(orders, eq(orders.clientOrderId, fills.clientOrderId))
        .where(and(ordersOf(scope), eq(orders.proposalId, proposalId)))
        .orderBy(asc(fills.at), asc(orders.leg), asc(fills.id));
      return rows.map((row) => toFill(row.fill));
    },
  };
}

export function writeOrders(tx: Executor): Tx['orders'] {
  return {
    ...readOrders(tx),
    async prepare(order) {
      await tx.insert(orders).values(order).onConflictDoNothing({ target: orders.clientOrderId });
    },
    async update(order) {
      const moved = await tx
        .update(orders)
        .set({ state: order.state, filledUnits: order.filledUnits, reason: order.reason })
        .where(
          and(
            ordersOf(order),
            eq(orders.clientOrderId, order.clientOrderId),
            // A late answer never takes back what an earlier one has told.
            sql`${orders.filledUnits} <= ${order.filledUnits}`,
            sql`(${orders.state} <> 'filled' or ${order.state} = 'filled')`,
          ),
        )
        .returning({ id: orders.clientOrderId });
      if (moved.length === 0)
        throw new Conflict(`Order ${order.clientOrderId} has moved past ${order.state}.`);
    },
    async addFills(scope, arrived) {
      if (arrived.length === 0) return [];
      const added = await tx
        .insert(fills)
        .values(arrived.map((fill) => fromFill(scope, fill)))
        .onConflictDoNothing({ target: [fills.workspace, fills.id] })
        .returning();
      return added.map(toFill);
    },
  };
}

function fromFill(scope: Scope, fill: Fill): typeof fills.$inferInsert {
  const { amount, commission, ...rest } = fill;
  return {
    ...scopeColumns(scope),
    ...rest,
    ...{ amountMinor: amount.minor, amountCurrency: amount.currency },
    ...{ commissionMinor: commission.minor, commissionCurrency: commission.currency },
  };
}

function toFill(row: typeof fills.$inferSelect): Fill {
  return {
    id: row.id,
    clientOrderId: row.clientOrderId,
    units: row.units,
    price: row.price,
    amount: { minor: row.amountMinor, currency: row.amountCurrency },
    commission: { minor: row.commissionMinor, currency: row.commissionCurrency },
    at: row.at,
  };
}
