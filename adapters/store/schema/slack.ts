import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/** Slack workspaces that installed Keel; the token is sealed. */
export const slackInstallations = pgTable('slack_installations', {
  /** The team's id, or the enterprise's when it is installed for all of it. */
  installation: text().primaryKey(),
  team: text(),
  enterprise: text(),
  app: text(),
  botUser: text().notNull(),
  scopes: text().array().notNull(),
  sealedToken: bytes().notNull(),
  installedAt: instant().notNull(),
});

/** States of installations that were used, until they would run out anyway. */
export const slackStates = pgTable(
  'slack_states',
  { state: text().primaryKey(), expiresAt: instant().notNull() },
  (table) => [index('slack_states_expiry_index').on(table.expiresAt)],
);
