import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { PortError } from '../../bot/errors.ts';
import { backupFormat, backupVersion } from './backup.ts';
import { type Copied, checkCopy } from './copy.ts';
import type { Database } from './database.ts';
import type { Executor } from './executor.ts';
import { currentSchema } from './migrate.ts';
import {
  type Column,
  columnsOf,
  continueNumbers,
  refuseUnlessEmpty,
  type TableName,
  type TextRow,
  tableNames,
  writeTable,
} from './tables.ts';

const headerSchema = z.object({
  format: z.literal(backupFormat),
  version: z.number().int(),
  schema: z.number().int(),
  counts: z.record(z.string(), z.number().int()),
});
const tableSchema = z.object({ table: z.enum(tableNames), columns: z.array(z.string()) });
const endSchema = z.object({ sha256: z.string() });
const rowSchema = z.array(z.string().nullable());

/**
 * Fills an empty database from a backup, in one transaction: a file that turns out damaged leaves
 * nothing behind.
 * @throws {PortError} 'damaged' or 'refused', with what to do
 */
export async function restore(database: Database, file: string): Promise<Copied> {
  await access(file).catch(() => {
    throw new PortError('store', 'refused', `There is no backup ${file}.`);
  });
  return database.transaction(async (tx) => {
    await refuseUnlessEmpty(tx, database.where);
    try {
      const counts = await fill(tx, file);
      await continueNumbers(tx);
      return await checkCopy(tx, counts);
    } catch (error) {
      if (error instanceof PortError) throw error;
      throw damaged(file, error instanceof Error ? error.message : String(error));
    }
  });
}

async function fill(tx: Executor, file: string): Promise<Readonly<Record<string, number>>> {
  const hash = createHash('sha256');
  let counts: Readonly<Record<string, number>> | undefined;
  let end: string | undefined;
  let table: { readonly name: TableName; readonly columns: readonly Column[] } | undefined;
  let [rows, size]: [TextRow[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    if (table && rows.length > 0) await writeTable(tx, table.name, table.columns, rows);
    [rows, size] = [[], 0];
  };
  for await (const line of linesOf(file)) {
    if (end !== undefined) throw damaged(file, 'something follows its end');
    const value: unknown = JSON.parse(line);
    const last = endSchema.safeParse(value);
    if (last.success && counts) {
      end = last.data.sha256;
      continue;
    }
    hash.update(`${line}\n`);
    if (counts === undefined) counts = readHeader(file, value);
    else if (Array.isArray(value)) {
      if (!table || value.length !== table.columns.length)
        throw damaged(file, 'a row is out of place');
      rows.push(rowSchema.parse(value));
      size += line.length;
      if (rows.length === 2_000 || size > 8_000_000) await flush();
    } else {
      await flush();
      const next = tableSchema.parse(value);
      const known = new Map((await columnsOf(tx, next.table)).map((one) => [one.name, one]));
      const columns = next.columns.map((name) => known.get(name));
      if (columns.includes(undefined)) throw damaged(file, `${next.table} has unknown columns`);
      table = { name: next.table, columns: columns.filter((one) => one !== undefined) };
    }
  }
  await flush();
  if (counts === undefined || end === undefined) throw damaged(file, 'it ends too early');
  if (hash.digest('hex') !== end) throw damaged(file, 'its checksum does not fit');
  return counts;
}

function readHeader(file: string, value: unknown): Readonly<Record<string, number>> {
  const header = headerSchema.safeParse(value);
  if (!header.success) throw damaged(file, 'it does not begin as a Keel backup');
  if (header.data.version > backupVersion || header.data.schema > currentSchema())
    throw new PortError(
      'store',
      'refused',
      `The backup ${file} was made by a newer version of Keel; update Keel, then restore it.`,
    );
  return header.data.counts;
}

/** Lines of a gzip file. A stream that fails rejects here instead of ending quietly. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file);
  const plain = input.pipe(createGunzip());
  let failure: Error | undefined;
  input.on('error', (error) => plain.destroy(error));
  // More than one can come, and one that nobody hears ends the process.
  plain.on('error', (error) => {
    failure ??= error;
  });
  const lines = createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY });
  // The reader says the stream's error again, also after whoever read the lines has stopped.
  lines.on('error', (error: Error) => {
    failure ??= error;
  });
  yield* lines;
  if (failure) throw failure;
}

function damaged(file: string, why: string): PortError {
  return new PortError(
    'store',
    'damaged',
    `The backup ${file} is damaged (${why}); nothing was restored. Use another backup.`,
  );
}
