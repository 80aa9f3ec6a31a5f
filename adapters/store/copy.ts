import { PortError } from '../../bot/errors.ts';
import { readAudit } from './audit.ts';
import { verifyChain } from './audit-verify.ts';
import type { Database } from './database.ts';
import type { Executor } from './executor.ts';
import {
  columnsOf,
  continueNumbers,
  countRows,
  readTable,
  refuseUnlessEmpty,
  tableNames,
  writeTable,
} from './tables.ts';

export interface Copied {
  readonly rows: number;
  readonly tables: number;
  readonly chains: number;
}

/**
 * Copies everything from one database into an empty one, in one transaction of the target, and
 * checks row counts and audit chains before it commits.
 */
export async function copyDatabase(from: Database, to: Database): Promise<Copied> {
  return from.snapshot((source) =>
    to.transaction(async (target) => {
      await refuseUnlessEmpty(target, to.where);
      for (const table of tableNames) {
        const columns = await columnsOf(target, table);
        const names = columns.map((column) => column.name);
        for await (const rows of readTable(source, table, names))
          await writeTable(target, table, columns, rows);
      }
      await continueNumbers(target);
      return checkCopy(target, await countRows(source));
    }),
  );
}

/** @throws {PortError} 'bad-answer' when counts differ or an audit chain does not hold */
export async function checkCopy(
  target: Executor,
  expected: Readonly<Record<string, number>>,
): Promise<Copied> {
  const counts = await countRows(target);
  for (const table of tableNames)
    if (counts[table] !== (expected[table] ?? 0))
      throw new PortError(
        'store',
        'bad-answer',
        `The copy has ${counts[table]} rows in ${table}, not ${expected[table] ?? 0}; nothing was kept.`,
      );
  const workspaces = await readAudit(target).workspaces();
  for (const workspace of workspaces) {
    const { brokenAt } = await verifyChain(target, workspace);
    if (brokenAt !== null)
      throw new PortError(
        'store',
        'damaged',
        `The audit chain of workspace ${workspace} breaks at row ${brokenAt}; nothing was kept. Run npm run audit on the source.`,
      );
  }
  return {
    rows: Object.values(counts).reduce((total, rows) => total + rows, 0),
    tables: tableNames.length,
    chains: workspaces.length,
  };
}
