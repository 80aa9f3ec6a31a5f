import type { BrokerageDeps } from './settle.ts';

/**
 * Takes up what a crash left unfinished: confirmed proposals are executed, owed transfers settled.
 * Jobs of the same proposal coalesce, so sweeping often costs nothing.
 */
export async function sweepOrders({ store }: Pick<BrokerageDeps, 'store'>): Promise<void> {
  const [unfinished, owed] = await Promise.all([
    store.read.proposals.unfinished(),
    store.read.transfers.pending(1),
  ]);
  if (unfinished.length === 0 && owed.length === 0) return;
  await store.transact(async (tx) => {
    for (const { workspace, person, id } of unfinished) {
      await tx.jobs.send('execute', { workspace, person, proposal: id }, { singletonKey: id });
    }
    if (owed.length > 0) await tx.jobs.send('settle', {}, { singletonKey: 'settle' });
  });
}
