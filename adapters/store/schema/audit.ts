import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Where each workspace's chain ends: a chain cut short no longer meets its head. */
export const auditHeads = pgTable(
  'audit_heads',
  {
    workspace: text().primaryKey(),
    seq: integer().notNull(),
    hash: text().notNull(),
  },
  (table) => [check('audit_heads_seq_check', sql`${table.seq} >= 1`)],
);

/** Append-only: triggers refuse every update and delete. */
export const auditRows = pgTable(
  'audit_rows',
  {
    workspace: text().notNull(),
    seq: integer().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
    person: text(),
    kind: text().notNull(),
    payloadHash: text().notNull(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.seq] }),
    index('audit_rows_person_index').on(table.workspace, table.person),
    check('audit_rows_seq_check', sql`${table.seq} >= 1`),
  ],
);

/** What an audit row is about. Salt and body go together when a person is forgotten; the row stays. */
export const auditPayloads = pgTable(
  'audit_payloads',
  {
    workspace: text().notNull(),
    seq: integer().notNull(),
    salt: text(),
    body: text(),
    erasedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.seq] }),
    foreignKey({
      name: 'audit_payloads_row_fk',
      columns: [table.workspace, table.seq],
      foreignColumns: [auditRows.workspace, auditRows.seq],
    }),
    check(
      'audit_payloads_erased_check',
      sql`(${table.salt} is null) = (${table.erasedAt} is not null) and (${table.body} is null) = (${table.erasedAt} is not null)`,
    ),
  ],
);
