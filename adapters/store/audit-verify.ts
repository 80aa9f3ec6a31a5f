import { and, asc, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { genesis, payloadHash, rowHash } from './audit-chain.ts';
import type { Executor } from './executor.ts';
import { auditHeads, auditPayloads, auditRows } from './schema/index.ts';

/** Written by forget: which payloads were rightly erased. Any other hole in the record is a break. */
export const erasure = 'payloads-erased';
const erasureSchema = z.object({ seqs: z.array(z.number().int()) });

const page = 1_000;

export interface Verdict {
  readonly rows: number;
  /** The first row that does not fit; one past the last when the end was cut off. */
  readonly brokenAt: number | null;
  readonly head: string;
}

/** Recomputes a workspace's chain from its first row to its head. */
export async function verifyChain(db: Executor, workspace: string): Promise<Verdict> {
  let [seq, previous] = [0, genesis];
  const erased = new Set<number>();
  const accounted = new Set<number>();
  const broken = (at: number): Verdict => ({ rows: seq, brokenAt: at, head: previous });
  for (;;) {
    const rows = await db
      .select({ row: auditRows, payload: auditPayloads })
      .from(auditRows)
      .leftJoin(
        auditPayloads,
        and(eq(auditPayloads.workspace, auditRows.workspace), eq(auditPayloads.seq, auditRows.seq)),
      )
      .where(and(eq(auditRows.workspace, workspace), gt(auditRows.seq, seq)))
      .orderBy(asc(auditRows.seq))
      .limit(page);
    for (const { row, payload } of rows) {
      if (row.seq !== seq + 1 || row.previous !== previous || row.hash !== rowHash(row))
        return broken(seq + 1);
      if (payload === null) return broken(row.seq);
      if (payload.salt === null || payload.body === null) erased.add(row.seq);
      else if (payloadHash(payload.salt, payload.body) !== row.payloadHash) return broken(row.seq);
      else if (row.kind === erasure) {
        const named = erasureSchema.safeParse(JSON.parse(payload.body));
        if (!named.success) return broken(row.seq);
        for (const one of named.data.seqs) accounted.add(one);
      }
      [seq, previous] = [row.seq, row.hash];
    }
    if (rows.length > 0) continue;
    // The head is read after the rows: when it is further on, rows were added meanwhile or cut off.
    const [head] = await db.select().from(auditHeads).where(eq(auditHeads.workspace, workspace));
    if ((head?.seq ?? 0) > seq && (await exists(db, workspace, seq))) continue;
    if ((head?.seq ?? 0) !== seq) return broken(Math.min(head?.seq ?? 0, seq) + 1);
    if (head && head.hash !== previous) return broken(seq);
    const hole = [...erased].find((one) => !accounted.has(one));
    return { rows: seq, brokenAt: hole ?? null, head: previous };
  }
}

async function exists(db: Executor, workspace: string, after: number): Promise<boolean> {
  const rows = await db
    .select({ seq: auditRows.seq })
    .from(auditRows)
    .where(and(eq(auditRows.workspace, workspace), gt(auditRows.seq, after)))
    .limit(1);
  return rows.length > 0;
}
