import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Database } from './database.ts';
import type { Executor } from './executor.ts';
import { storedSchema } from './migrate.ts';
import { columnsOf, countRows, readTable, tableNames } from './tables.ts';

export const backupFormat = 'keel-backup';
export const backupVersion = 1;

/**
 * Writes one consistent, compressed file: it appears whole under its name or not at all, and ends
 * with a checksum over everything before.
 * @returns how many rows it holds
 */
export async function backup(database: Database, file: string, at: number): Promise<number> {
  const draft = `${file}.${randomBytes(4).toString('hex')}.partial`;
  try {
    const rows = await database.snapshot(async (tx) => {
      const counts = await countRows(tx);
      await pipeline(
        Readable.from(lines(tx, counts, at)),
        createGzip(),
        createWriteStream(draft, { flags: 'wx', mode: 0o600 }),
      );
      return Object.values(counts).reduce((total, one) => total + one, 0);
    });
    await sync(draft);
    await rename(draft, file);
    await sync(dirname(file));
    return rows;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function* lines(
  tx: Executor,
  counts: Readonly<Record<string, number>>,
  at: number,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  const schema = await storedSchema(tx);
  yield line({ format: backupFormat, version: backupVersion, schema, at, counts });
  for (const table of tableNames) {
    const columns = (await columnsOf(tx, table)).map((column) => column.name);
    yield line({ table, columns });
    for await (const rows of readTable(tx, table, columns)) yield rows.map(line).join('');
  }
  yield `${JSON.stringify({ sha256: hash.digest('hex') })}\n`;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
