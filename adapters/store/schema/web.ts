import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant, plain } from './columns.ts';

/** What the web page shows of each conversation; a replaced message stays, out of sight. */
export const webMessages = pgTable(
  'web_messages',
  {
    cursor: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    conversation: text().notNull(),
    /** The first cursor of the message: where it stands, kept when it is replaced. */
    position: bigint({ mode: 'number' }).notNull(),
    key: text().notNull(),
    at: instant().notNull(),
    operation: plain<unknown>().notNull(),
    replacedBy: bigint({ mode: 'number' }),
  },
  (table) => [
    index('web_messages_cursor_index')
      .on(table.conversation, table.cursor)
      .where(sql`${table.replacedBy} is null`),
    index('web_messages_position_index')
      .on(table.conversation, table.position)
      .where(sql`${table.replacedBy} is null`),
    index('web_messages_key_index')
      .on(table.conversation, table.key)
      .where(sql`${table.replacedBy} is null`),
  ],
);
