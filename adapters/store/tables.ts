import { type SQL, sql } from 'drizzle-orm';
import { PortError } from '../../bot/errors.ts';
import { arrayText } from './bars-text.ts';
import { type Executor, rowsOf } from './executor.ts';

/** Every table, those that others point to first. Jobs are not among them: the sweeper makes them again. */
export const tableNames = [
  'workspaces',
  'people',
  'identities',
  'link_codes',
  'link_tries',
  'answers',
  'goals',
  'wishes',
  'dialogues',
  'buttons',
  'inbox',
  'outbox',
  'web_messages',
  'slack_installations',
  'slack_states',
  'artifacts',
  'recommendations',
  'proposals',
  'proposal_legs',
  'orders',
  'fills',
  'ledger_entries',
  'transfers',
  'price_sources',
  'bars',
  'corporate_actions',
  'audit_rows',
  'audit_payloads',
  'audit_heads',
] as const;
export type TableName = (typeof tableNames)[number];

/** Rows whose single values can be large travel in smaller parts. */
const rowsAtOnce: Partial<Record<TableName, number>> = {
  artifacts: 5,
  inbox: 100,
  outbox: 100,
  recommendations: 100,
  web_messages: 100,
};
/** Tables whose rows are numbered by the database, and the column that holds the number. */
const numbered: readonly (readonly [TableName, string])[] = [
  ['inbox', 'id'],
  ['outbox', 'id'],
  ['price_sources', 'id'],
  ['proposals', 'position'],
  ['recommendations', 'position'],
  ['web_messages', 'cursor'],
];

/** A row as text, as Postgres itself writes each value: it reads back to the same bits. */
export type TextRow = readonly (string | null)[];

export interface Column {
  readonly name: string;
  readonly type: string;
}

export async function columnsOf(db: Executor, table: TableName): Promise<readonly Column[]> {
  return rowsOf<Column>(
    db,
    sql`select attname::text as name, format_type(atttypid, atttypmod) as type
        from pg_attribute where attrelid = ${`public.${table}`}::regclass
        and attnum > 0 and not attisdropped order by attnum`,
  );
}

/** All rows of a table in parts. Must run inside a transaction. */
export async function* readTable(
  tx: Executor,
  table: TableName,
  columns: readonly string[],
): AsyncGenerator<readonly TextRow[]> {
  const fields = columns.map(
    (name) => sql`${sql.identifier(name)}::text as ${sql.identifier(name)}`,
  );
  await tx.execute(
    sql`declare every_row no scroll cursor for select ${list(fields)} from ${sql.identifier(table)}`,
  );
  for (;;) {
    const rows = await rowsOf<Readonly<Record<string, string | null>>>(
      tx,
      sql`fetch ${sql.raw(String(rowsAtOnce[table] ?? 2_000))} from every_row`,
    );
    if (rows.length === 0) break;
    yield rows.map((row) => columns.map((name) => row[name]));
  }
  await tx.execute(sql`close every_row`);
}

export async function writeTable(
  tx: Executor,
  table: TableName,
  columns: readonly Column[],
  rows: readonly TextRow[],
): Promise<void> {
  const names = columns.map((column) => sql.identifier(column.name));
  const casts = columns.map(
    (column) => sql`t.${sql.identifier(column.name)}::${sql.raw(column.type)}`,
  );
  const arrays = columns.map((_, index) => sql`${arrayText(rows, (row) => row[index])}::text[]`);
  await tx.execute(
    sql`insert into ${sql.identifier(table)} (${list(names)}) overriding system value
        select ${list(casts)} from unnest(${list(arrays)}) as t(${list(names)})`,
  );
}

/** New rows continue the numbers of those that were copied. */
export async function continueNumbers(tx: Executor): Promise<void> {
  for (const [table, column] of numbered)
    await tx.execute(
      sql`select setval(pg_get_serial_sequence(${`public.${table}`}, ${column}),
            coalesce((select max(${sql.identifier(column)}) from ${sql.identifier(table)}), 1),
            exists (select 1 from ${sql.identifier(table)}))`,
    );
}

export async function countRows(db: Executor): Promise<Readonly<Record<TableName, number>>> {
  const counts: [string, number][] = [];
  for (const table of tableNames) {
    const [{ rows }] = await rowsOf<{ rows: number }>(
      db,
      sql`select count(*)::int as rows from ${sql.identifier(table)}`,
    );
    counts.push([table, rows]);
  }
  return Object.fromEntries(counts) as Record<TableName, number>;
}

/** @throws {PortError} 'refused' when there is anything in the database */
export async function refuseUnlessEmpty(db: Executor, where: string): Promise<void> {
  const filled = Object.entries(await countRows(db)).find(([, rows]) => rows > 0);
  if (filled)
    throw new PortError(
      'store',
      'refused',
      `The database at ${where} is not empty (${filled[1]} rows in ${filled[0]}): give an empty one, nothing is overwritten.`,
    );
}

function list(parts: readonly SQL[] | readonly ReturnType<typeof sql.identifier>[]): SQL {
  return sql.join([...parts], sql`, `);
}
