import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Scope } from '../../bot/store.ts';
import { writeAudit } from './audit.ts';
import { erasure } from './audit-verify.ts';
import type { Executor } from './executor.ts';
import { auditPayloads, auditRows } from './schema/index.ts';

/**
 * First words of audit kinds whose payloads are records of consent, advice or trade and are
 * retained: "proposal.confirmed" is a proposal.
 */
export const retainedKinds = [
  'consent',
  'disclosure',
  'suitability',
  'recommendation',
  'recommended',
  'advice',
  'advised',
  'proposal',
  'proposed',
  'approval',
  'confirmed',
  'execution',
  'order',
  'fill',
  'trade',
  'rebalance',
  'ledger',
  'transfer',
  'replay',
  'forget',
] as const;

/**
 * Erases the payloads of a person's other audit rows and says so in the chain, so that any hole
 * not named there is known for tampering.
 * @returns how many were erased
 */
export async function erasePayloads(tx: Executor, scope: Scope, at: number): Promise<number> {
  const pattern = `^(${retainedKinds.join('|')})([^a-z]|$)`;
  const mine = await tx
    .select({ seq: auditRows.seq })
    .from(auditRows)
    .innerJoin(
      auditPayloads,
      and(eq(auditPayloads.workspace, auditRows.workspace), eq(auditPayloads.seq, auditRows.seq)),
    )
    .where(
      and(
        eq(auditRows.workspace, scope.workspace),
        eq(auditRows.person, scope.person),
        isNull(auditPayloads.erasedAt),
        sql`not ${auditRows.kind} ~ ${pattern}`,
      ),
    );
  const seqs = mine.map((row) => row.seq).sort((a, b) => a - b);
  if (seqs.length === 0) return 0;
  await tx
    .update(auditPayloads)
    .set({ salt: null, body: null, erasedAt: at })
    .where(and(eq(auditPayloads.workspace, scope.workspace), inArray(auditPayloads.seq, seqs)));
  await writeAudit(tx).append({
    ...{ workspace: scope.workspace, actor: scope.person, person: null },
    ...{ kind: erasure, payload: { seqs }, at },
  });
  return seqs.length;
}
