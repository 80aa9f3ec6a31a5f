import { accountOf } from '../advice/order-ids.ts';
import { PortError } from '../errors.ts';
import type { Broker, Clock, Logger } from '../ports.ts';
import type { PendingTransfer, Scope, Store } from '../store.ts';

export interface BrokerageDeps {
  readonly store: Store;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Settled {
  readonly done: number;
  /** What the broker said no to; it stays owed. */
  readonly refused: readonly { readonly transfer: PendingTransfer; readonly reason: string }[];
}

const AT_ONCE = 10_000;

/**
 * Tells the broker the holdings that people have declared. Each transfer counts once however often
 * it is sent. One that is refused is tried again after the others, because the order in which a
 * person's corrections arrive can make one wait for another.
 *
 * @throws {PortError} when the broker's answer is unknown: nothing is lost, run it again
 */
export async function settle(deps: BrokerageDeps, scope: Scope | null = null): Promise<Settled> {
  let owed = await deps.store.read.transfers.pending(AT_ONCE, scope ?? undefined);
  let done = 0;
  for (;;) {
    const refused: { transfer: PendingTransfer; reason: string }[] = [];
    for (const transfer of owed) {
      const reason = await send(deps, transfer);
      if (reason === null) done++;
      else refused.push({ transfer, reason });
    }
    if (refused.length === 0 || refused.length === owed.length) {
      for (const { transfer, reason } of refused) {
        deps.log.warn({ transfer: transfer.id, reason }, 'the broker refused a transfer');
      }
      return { done, refused };
    }
    owed = refused.map((each) => each.transfer);
  }
}

/** @returns why the broker said no, or null when it is done */
async function send(
  { store, broker, clock }: BrokerageDeps,
  transfer: PendingTransfer,
): Promise<string | null> {
  try {
    await broker.transfer({
      id: transfer.id,
      account: accountOf(transfer),
      asset: transfer.asset,
      units: transfer.units,
      cash: { minor: transfer.cashMinor, currency: transfer.currency },
    });
  } catch (error) {
    const no =
      error instanceof PortError && (error.code === 'refused' || error.code === 'duplicate');
    if (no) return error.message;
    throw error;
  }
  await store.transact((tx) => tx.transfers.done(transfer.id, clock.now()));
  return null;
}

/** Handles the job 'settle'. */
export function settleJob(deps: BrokerageDeps): () => Promise<void> {
  return async () => {
    await settle(deps);
  };
}
