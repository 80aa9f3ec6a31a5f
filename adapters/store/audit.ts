import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { AuditRow, Reads, Tx } from '../../bot/store.ts';
import { genesis, newSalt, payloadHash, rowHash, toJson } from './audit-chain.ts';
import { verifyChain } from './audit-verify.ts';
import type { Executor } from './executor.ts';
import { auditHeads, auditPayloads, auditRows } from './schema/index.ts';

export function readAudit(db: Executor): Reads['audit'] {
  return {
    async list(workspace, afterSeq, limit) {
      const rows = await db
        .select({ row: auditRows, body: auditPayloads.body })
        .from(auditRows)
        .leftJoin(
          auditPayloads,
          and(
            eq(auditPayloads.workspace, auditRows.workspace),
            eq(auditPayloads.seq, auditRows.seq),
          ),
        )
        .where(and(eq(auditRows.workspace, workspace), gt(auditRows.seq, afterSeq)))
        .orderBy(asc(auditRows.seq))
        .limit(limit);
      return rows.map(({ row, body }) => toAuditRow(row, body));
    },
    verify: (workspace) => verifyChain(db, workspace),
    async workspaces() {
      // Heads and rows both count: a chain that lost either must still be looked at.
      const heads = db.select({ workspace: auditHeads.workspace }).from(auditHeads);
      const rows = db.select({ workspace: auditRows.workspace }).from(auditRows);
      const all = await heads.union(rows);
      return all.map((one) => one.workspace).sort();
    },
  };
}

export function writeAudit(tx: Executor): Tx['audit'] {
  return {
    ...readAudit(tx),
    async append({ workspace, actor, person, kind, payload, at }) {
      const key = `audit:${workspace}`;
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
      const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.workspace, workspace));
      const [salt, body, seq] = [newSalt(), toJson(payload), (head?.seq ?? 0) + 1];
      const row = {
        ...{ workspace, seq, at, actor, person, kind },
        payloadHash: payloadHash(salt, body),
        previous: head?.hash ?? genesis,
      };
      const hash = rowHash(row);
      await tx.insert(auditRows).values({ ...row, hash });
      await tx.insert(auditPayloads).values({ workspace, seq, salt, body });
      await tx
        .insert(auditHeads)
        .values({ workspace, seq, hash })
        .onConflictDoUpdate({ target: auditHeads.workspace, set: { seq, hash } });
    },
  };
}

function toAuditRow(row: typeof auditRows.$inferSelect, body: string | null): AuditRow {
  const { workspace, seq, at, actor, kind, hash, previous } = row;
  const payload: unknown = body === null ? null : JSON.parse(body);
  return { workspace, seq, at, actor, kind, hash, previous, payload };
}
