import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { instant, plain } from './columns.ts';

/** One installation of a chat platform belongs to one workspace. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: text().primaryKey(),
    platform: text().notNull(),
    installation: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [uniqueIndex('workspaces_installation_key').on(table.platform, table.installation)],
);

export const people = pgTable(
  'people',
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    id: text().notNull(),
    pseudonym: text().notNull().unique('people_pseudonym_key'),
    locale: text().notNull(),
    consentedAt: instant(),
    disclosureVersion: text(),
    createdAt: instant().notNull(),
    /** Rises with every ledger entry; its row lock puts writers in line. */
    ledgerVersion: integer().notNull().default(0),
    forgottenAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.id] }),
    check('people_ledger_version_check', sql`${table.ledgerVersion} >= 0`),
  ],
);

/** Who a platform's account is here. Erased by forget: what is kept then names only a pseudonym. */
export const identities = pgTable(
  'identities',
  {
    platform: text().notNull(),
    installation: text().notNull(),
    identity: text().notNull(),
    workspace: text().notNull(),
    person: text().notNull(),
    /** Its direct conversation, known since a link was made: what concerns the account is told there. */
    conversation: text(),
    /** When it joined the account it is part of; null when it began it. */
    linkedAt: instant(),
    /** The account it had before it joined, kept for the day it leaves. */
    homeWorkspace: text(),
    homePerson: text(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.installation, table.identity] }),
    foreignKey({
      name: 'identities_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    foreignKey({
      name: 'identities_home_fk',
      columns: [table.homeWorkspace, table.homePerson],
      foreignColumns: [people.workspace, people.id],
    }),
    index('identities_person_index').on(table.workspace, table.person),
    uniqueIndex('identities_home_key').on(table.homeWorkspace, table.homePerson),
    check(
      'identities_home_check',
      sql`num_nulls(${table.linkedAt}, ${table.homeWorkspace}, ${table.homePerson}) in (0, 3)`,
    ),
  ],
);

export const answers = pgTable(
  'answers',
  {
    workspace: text().notNull(),
    person: text().notNull(),
    revision: integer().notNull(),
    questionnaire: text().notNull(),
    answers: plain<Readonly<Record<string, string>>>().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.person, table.revision] }),
    foreignKey({
      name: 'answers_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    check('answers_revision_check', sql`${table.revision} >= 1`),
  ],
);

export const goals = pgTable(
  'goals',
  {
    workspace: text().notNull(),
    person: text().notNull(),
    revision: integer().notNull(),
    goal: plain<unknown>().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.person, table.revision] }),
    foreignKey({
      name: 'goals_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    check('goals_revision_check', sql`${table.revision} >= 1`),
  ],
);

/** What a person asked of the method itself: own limits, views, a way of choosing. */
export const wishes = pgTable(
  'wishes',
  {
    workspace: text().notNull(),
    person: text().notNull(),
    revision: integer().notNull(),
    wishes: plain<unknown>().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.person, table.revision] }),
    foreignKey({
      name: 'wishes_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    check('wishes_revision_check', sql`${table.revision} >= 1`),
  ],
);
