import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { people } from './people.ts';

/** Codes that join an identity to an account, as keyed hashes: the code itself stands in its message alone. */
export const linkCodes = pgTable(
  'link_codes',
  {
    digest: text().primaryKey(),
    workspace: text().notNull(),
    person: text().notNull(),
    /** Where it was asked for, to tell what became of it. */
    platform: text().notNull(),
    installation: text().notNull(),
    conversation: text().notNull(),
    identity: text().notNull(),
    messageKey: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (table) => [
    foreignKey({
      name: 'link_codes_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    index('link_codes_person_index').on(table.workspace, table.person),
  ],
);

/** Wrong codes that an identity has typed, by moment: too many within an hour and none is read. */
export const linkTries = pgTable(
  'link_tries',
  {
    platform: text().notNull(),
    installation: text().notNull(),
    identity: text().notNull(),
    at: instant().notNull(),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.installation, table.identity, table.at] }),
    check('link_tries_count_check', sql`${table.count} >= 1`),
  ],
);
