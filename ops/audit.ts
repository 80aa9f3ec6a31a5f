import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readAudit } from '../adapters/store/audit.ts';
import { openDatabase, type StoreSettings } from '../adapters/store/index.ts';
import { PortError } from '../bot/errors.ts';
import { run, storeSettings } from './run.ts';

const headsSchema = z.record(z.string(), z.object({ rows: z.number().int(), head: z.string() }));
type Heads = z.infer<typeof headsSchema>;

export interface AuditReport {
  readonly lines: readonly string[];
  readonly whole: boolean;
  readonly heads: Heads;
}

/**
 * Verifies every workspace's chain. With heads exported earlier, a chain rewritten or cut short
 * as a whole is found too, because its old head is no longer in it.
 */
export async function auditAll(settings: StoreSettings, earlier: Heads = {}): Promise<AuditReport> {
  const database = await openDatabase(settings);
  try {
    const audit = readAudit(database.db);
    const lines: string[] = [];
    const heads: Heads = {};
    let whole = true;
    const workspaces = await audit.workspaces();
    for (const workspace of new Set([...workspaces, ...Object.keys(earlier)])) {
      const { rows, brokenAt, head } = await audit.verify(workspace);
      heads[workspace] = { rows, head };
      const then = earlier[workspace];
      const [old] = then ? await audit.list(workspace, then.rows - 1, 1) : [];
      const missed = then !== undefined && then.rows > 0 && old?.hash !== then.head;
      const verdict =
        brokenAt !== null
          ? `BROKEN at row ${brokenAt}`
          : missed
            ? `REWRITTEN: row ${then.rows} is not the one exported earlier`
            : `whole, head ${head}`;
      if (brokenAt !== null || missed) whole = false;
      lines.push(`${workspace}: ${rows} rows, ${verdict}`);
    }
    if (lines.length === 0) lines.push(`There is no audit record yet in ${database.where}.`);
    return { lines, whole, heads };
  } finally {
    await database.close();
  }
}

async function readHeads(file: string): Promise<Heads> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return headsSchema.parse(JSON.parse(text));
  } catch {
    throw new PortError('store', 'refused', `${file} holds no exported audit heads.`);
  }
}

if (import.meta.main)
  await run(async () => {
    const { values } = parseArgs({
      options: { export: { type: 'string' }, against: { type: 'string' } },
    });
    const earlier = values.against === undefined ? {} : await readHeads(values.against);
    const report = await auditAll(storeSettings(process.env), earlier);
    for (const line of report.lines) console.log(line);
    if (values.export !== undefined)
      await writeFile(values.export, `${JSON.stringify(report.heads, null, 2)}\n`);
    return report.whole ? 0 : 1;
  });
