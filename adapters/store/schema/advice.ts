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
import type { Leg, ProposalState } from '../../../bot/advice/types.ts';
import type { Source } from '../../../bot/event.ts';
import { bytes, exact, finite, instant, oneOf, plain, position, positive } from './columns.ts';
import { people } from './people.ts';

/** Canonical inputs by their hash: the same bytes twice are one row. */
export const artifacts = pgTable('artifacts', {
  hash: text().primaryKey(),
  body: bytes().notNull(),
});

export const recommendations = pgTable(
  'recommendations',
  {
    id: text().primaryKey(),
    position: position(),
    workspace: text().notNull(),
    person: text().notNull(),
    createdAt: instant().notNull(),
    engineVersion: text().notNull(),
    seed: doublePrecision().notNull(),
    inputsHash: text().notNull(),
    panelHash: text().notNull(),
    /** Canonical JSON kept as text: what replay compares is its very bytes. */
    policy: text().notNull(),
    result: text().notNull(),
    drivers: text().notNull(),
  },
  (table) => [
    unique('recommendations_scope_key').on(table.workspace, table.person, table.id),
    index('recommendations_newest_index').on(table.workspace, table.person, table.position),
    foreignKey({
      name: 'recommendations_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    check('recommendations_seed_check', finite(table.seed)),
  ],
);

export const proposalStates: readonly ProposalState[] = [
  'proposed',
  'approved',
  'confirmed',
  'submitting',
  'partly-filled',
  'filled',
  'failed',
  'cancelled',
  'declined',
  'expired',
  'superseded',
];

export const proposals = pgTable(
  'proposals',
  {
    id: text().primaryKey(),
    position: position(),
    workspace: text().notNull(),
    person: text().notNull(),
    recommendationId: text().notNull(),
    version: integer().notNull(),
    hash: text().notNull(),
    state: text().$type<ProposalState>().notNull(),
    pricedOn: integer().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    confirmedBy: text(),
    reason: text(),
    /** Who asked, and where the outcome is told. */
    source: plain<Source>().notNull(),
    messageKey: text().notNull(),
    supersededAt: instant(),
  },
  (table) => [
    unique('proposals_scope_key').on(table.workspace, table.person, table.id),
    index('proposals_newest_index').on(table.workspace, table.person, table.position),
    index('proposals_unfinished_index')
      .on(table.createdAt)
      .where(sql`${table.state} in ('confirmed', 'submitting', 'partly-filled')`),
    // A proposal can only rest on a recommendation of the same person.
    foreignKey({
      name: 'proposals_recommendation_fk',
      columns: [table.workspace, table.person, table.recommendationId],
      foreignColumns: [recommendations.workspace, recommendations.person, recommendations.id],
    }),
    check('proposals_version_check', sql`${table.version} >= 0`),
    check('proposals_state_check', oneOf(table.state, proposalStates)),
  ],
);

export const proposalLegs = pgTable(
  'proposal_legs',
  {
    proposalId: text()
      .notNull()
      .references(() => proposals.id),
    index: integer('leg').notNull(),
    asset: text().notNull(),
    side: text().$type<Leg['side']>().notNull(),
    units: exact().notNull(),
    price: doublePrecision().notNull(),
    amountMinor: exact().notNull(),
    amountCurrency: text().notNull(),
    costMinor: exact().notNull(),
    costCurrency: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.proposalId, table.index] }),
    check('proposal_legs_side_check', oneOf(table.side, ['buy', 'sell'])),
    check('proposal_legs_units_check', sql`${table.units} > 0`),
    check('proposal_legs_price_check', positive(table.price)),
    check('proposal_legs_money_check', sql`${table.amountMinor} >= 0 and ${table.costMinor} >= 0`),
  ],
);
