import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { finite, instant, positive } from './columns.ts';

export const priceSources = pgTable('price_sources', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique('price_sources_name_key'),
});

/** Raw bars. A restated bar is a second row with a later `knownAt`: the old one stays. */
export const bars = pgTable(
  'bars',
  {
    source: smallint()
      .notNull()
      .references(() => priceSources.id),
    asset: text().notNull(),
    day: integer().notNull(),
    knownAt: instant().notNull(),
    open: doublePrecision(),
    close: doublePrecision().notNull(),
    volume: doublePrecision(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.asset, table.day, table.knownAt] }),
    check('bars_open_check', positive(table.open)),
    check('bars_close_check', positive(table.close)),
    check('bars_volume_check', sql`${table.volume} >= 0 and ${finite(table.volume)}`),
  ],
);

export const corporateActions = pgTable(
  'corporate_actions',
  {
    source: smallint()
      .notNull()
      .references(() => priceSources.id),
    asset: text().notNull(),
    day: integer().notNull(),
    knownAt: instant().notNull(),
    dividend: doublePrecision().notNull(),
    split: doublePrecision().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.asset, table.day, table.knownAt] }),
    check(
      'corporate_actions_dividend_check',
      sql`${table.dividend} >= 0 and ${finite(table.dividend)}`,
    ),
    check('corporate_actions_split_check', positive(table.split)),
  ],
);
