import { accountOf } from '../advice/order-ids.ts';
import type { Broker } from '../ports.ts';
import type { Scope, Store } from '../store.ts';

/** One thing on which the ledger and the broker do not agree. */
export interface Difference {
  /** A symbol, or "cash" in minor units. */
  readonly what: string;
  /** By the ledger, less what is still owed to the broker. */
  readonly ledger: bigint;
  readonly broker: bigint;
}

/** Compares a person's ledger with the broker's account, to the cent and the unit. */
export async function reconcile(
  { store, broker }: { readonly store: Store; readonly broker: Broker },
  scope: Scope,
): Promise<readonly Difference[]> {
  const holdings = await store.read.ledger.holdings(scope);
  const owed = await store.read.transfers.pending(10_000, scope);
  const account = await broker.account(accountOf(scope));

  const ledger = new Map<string, bigint>([['cash', holdings.cash.minor]]);
  for (const { asset, units } of holdings.positions) ledger.set(asset, units);
  const less = (what: string, amount: bigint) =>
    ledger.set(what, (ledger.get(what) ?? 0n) - amount);
  for (const { asset, units, cashMinor } of owed) {
    less('cash', cashMinor);
    if (asset !== null) less(asset, units);
  }
  const theirs = new Map<string, bigint>([['cash', account.cash.minor]]);
  for (const { asset, units } of account.positions) theirs.set(asset, units);

  return [...new Set([...ledger.keys(), ...theirs.keys()])]
    .sort()
    .map((what) => ({ what, ledger: ledger.get(what) ?? 0n, broker: theirs.get(what) ?? 0n }))
    .filter((each) => each.ledger !== each.broker);
}
