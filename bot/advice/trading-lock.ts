import type { Scope, Tx } from '../store.ts';

/**
 * Puts in line whatever opens or confirms a proposal, changes what is held, or forgets the person:
 * each of these looks at what the others write. Taken first in the transaction, before any check.
 */
export function lockTrading(tx: Tx, { workspace, person }: Scope): Promise<void> {
  return tx.lock(`trading:${workspace}:${person}`);
}
