import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { LedgerEntry, Order, OrderState } from '../../../bot/advice/types.ts';
import { proposals } from './advice.ts';
import { exact, instant, oneOf, positive } from './columns.ts';
import { people } from './people.ts';

export const orderStates: readonly OrderState[] = [
  'prepared',
  'accepted',
  'partly-filled',
  'filled',
  'rejected',
  'cancelled',
];

export const orders = pgTable(
  'orders',
  {
    clientOrderId: text().primaryKey(),
    proposalId: text().notNull(),
    workspace: text().notNull(),
    person: text().notNull(),
    leg: integer().notNull(),
    asset: text().notNull(),
    side: text().$type<Order['side']>().notNull(),
    units: exact().notNull(),
    state: text().$type<OrderState>().notNull(),
    filledUnits: exact().notNull(),
    reason: text(),
  },
  (table) => [
    unique('orders_leg_key').on(table.proposalId, table.leg),
    unique('orders_scope_key').on(table.workspace, table.person, table.clientOrderId),
    foreignKey({
      name: 'orders_proposal_fk',
      columns: [table.workspace, table.person, table.proposalId],
      foreignColumns: [proposals.workspace, proposals.person, proposals.id],
    }),
    check('orders_side_check', oneOf(table.side, ['buy', 'sell'])),
    check('orders_state_check', oneOf(table.state, orderStates)),
    check('orders_units_check', sql`${table.units} > 0`),
    check('orders_filled_check', sql`${table.filledUnits} between 0 and ${table.units}`),
  ],
);

/** The broker's id of a fill is stored once per workspace: the same fill heard twice is one fill. */
export const fills = pgTable(
  'fills',
  {
    workspace: text().notNull(),
    id: text().notNull(),
    person: text().notNull(),
    clientOrderId: text().notNull(),
    units: exact().notNull(),
    price: doublePrecision().notNull(),
    amountMinor: exact().notNull(),
    amountCurrency: text().notNull(),
    commissionMinor: exact().notNull(),
    commissionCurrency: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.id] }),
    index('fills_order_index').on(table.clientOrderId),
    foreignKey({
      name: 'fills_order_fk',
      columns: [table.workspace, table.person, table.clientOrderId],
      foreignColumns: [orders.workspace, orders.person, orders.clientOrderId],
    }),
    check('fills_units_check', sql`${table.units} > 0`),
    check('fills_price_check', positive(table.price)),
    check('fills_money_check', sql`${table.amountMinor} >= 0 and ${table.commissionMinor} >= 0`),
  ],
);

export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    workspace: text().notNull(),
    id: text().notNull(),
    person: text().notNull(),
    /** The holdings version this entry made: 1, 2, 3 without gaps. */
    seq: integer().notNull(),
    at: instant().notNull(),
    kind: text().$type<LedgerEntry['kind']>().notNull(),
    asset: text(),
    units: exact().notNull(),
    cashMinor: exact().notNull(),
    costMinor: exact().notNull(),
    currency: text().notNull(),
    reference: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.id] }),
    unique('ledger_entries_seq_key').on(table.workspace, table.person, table.seq),
    foreignKey({
      name: 'ledger_entries_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    check('ledger_entries_seq_check', sql`${table.seq} >= 1`),
    check('ledger_entries_kind_check', oneOf(table.kind, ['declared', 'fill'])),
    check('ledger_entries_currency_check', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('ledger_entries_asset_check', sql`${table.asset} is not null or ${table.units} = 0`),
  ],
);

export const transfers = pgTable(
  'transfers',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    person: text().notNull(),
    asset: text(),
    units: exact().notNull(),
    cashMinor: exact().notNull(),
    currency: text().notNull(),
    doneAt: instant(),
  },
  (table) => [
    index('transfers_pending_index').on(table.id).where(sql`${table.doneAt} is null`),
    foreignKey({
      name: 'transfers_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    check('transfers_asset_check', sql`${table.asset} is not null or ${table.units} = 0`),
  ],
);
