import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { Act, Reply } from '../../../bot/reply.ts';
import type { ButtonRow } from '../../../bot/store.ts';
import { instant, oneOf, plain } from './columns.ts';
import { people } from './people.ts';

export const dialogues = pgTable(
  'dialogues',
  {
    workspace: text().notNull(),
    person: text().notNull(),
    conversation: text().notNull(),
    state: plain<unknown>(),
    version: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.person, table.conversation] }),
    foreignKey({
      name: 'dialogues_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    check('dialogues_version_check', sql`${table.version} >= 0`),
  ],
);

export const buttons = pgTable(
  'buttons',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    person: text().notNull(),
    conversation: text().notNull(),
    messageKey: text().notNull(),
    kind: text().$type<ButtonRow['kind']>().notNull(),
    form: text(),
    initial: plain<Readonly<Record<string, string>>>(),
    act: plain<Act>().notNull(),
    usedAt: instant(),
    usedBy: text(),
  },
  (table) => [
    foreignKey({
      name: 'buttons_person_fk',
      columns: [table.workspace, table.person],
      foreignColumns: [people.workspace, people.id],
    }),
    index('buttons_person_index').on(table.workspace, table.person),
    check('buttons_kind_check', oneOf(table.kind, ['choice', 'select', 'form'])),
    check('buttons_used_check', sql`(${table.usedAt} is null) = (${table.usedBy} is null)`),
  ],
);

/** Every accepted delivery, once, in the order of its conversation. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    updateKey: text().notNull().unique('inbox_update_key'),
    conversation: text().notNull(),
    platform: text().notNull(),
    installation: text().notNull(),
    identity: text().notNull(),
    /** null once erased. */
    event: plain<unknown>(),
    receivedAt: instant().notNull(),
    doneAt: instant(),
    parkedAt: instant(),
    attempts: integer().notNull().default(0),
    error: text(),
    /** The event that asks to be forgotten is itself forgotten when it is done. */
    eraseWhenDone: boolean().notNull().default(false),
  },
  (table) => [
    index('inbox_undone_index')
      .on(table.conversation, table.id)
      .where(sql`${table.doneAt} is null and ${table.parkedAt} is null`),
    index('inbox_parked_index')
      .on(table.id)
      .where(sql`${table.doneAt} is null and ${table.parkedAt} is not null`),
    index('inbox_identity_index').on(table.platform, table.installation, table.identity),
    check('inbox_attempts_check', sql`${table.attempts} >= 0`),
  ],
);

export const outbox = pgTable(
  'outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    conversation: text().notNull(),
    platform: text().notNull(),
    installation: text().notNull(),
    /** The platform's own name of the conversation, as in Source. */
    sourceConversation: text().notNull(),
    identity: text().notNull(),
    inboxId: bigint({ mode: 'number' }).references(() => inbox.id),
    replyKey: text().notNull(),
    /** null once erased. */
    reply: plain<Reply>(),
    createdAt: instant().notNull(),
    dueAt: instant().notNull(),
    sentAt: instant(),
    /** Given up: it will not be tried again. */
    dead: boolean().notNull().default(false),
    attempts: integer().notNull().default(0),
    error: text(),
    messageIds: plain<readonly string[]>(),
  },
  (table) => [
    index('outbox_unsent_index')
      .on(table.conversation, table.id)
      .where(sql`${table.sentAt} is null and not ${table.dead}`),
    index('outbox_sent_index')
      .on(table.conversation, table.replyKey, table.id)
      .where(sql`${table.sentAt} is not null`),
    index('outbox_identity_index').on(table.platform, table.installation, table.identity),
    index('outbox_inbox_index').on(table.inboxId),
    check('outbox_attempts_check', sql`${table.attempts} >= 0`),
    check('outbox_end_check', sql`${table.sentAt} is null or not ${table.dead}`),
  ],
);
