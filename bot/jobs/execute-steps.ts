import { fillEntry, mergeStatus, preparedOrders } from '../advice/execution.ts';
import { isFinal, transition } from '../advice/proposal.ts';
import type { Order, Proposal } from '../advice/types.ts';
import { conversationKey } from '../event.ts';
import { refreshHomes } from '../home.ts';
import { owe } from '../owe.ts';
import type { BrokerOrderStatus } from '../ports.ts';
import type { Scope, Tx } from '../store.ts';
import { outcomeReply } from './execution-reply.ts';
import type { BrokerageDeps } from './settle.ts';

/** The database side of an execution: each step is one transaction under the proposal's lock. */

async function locked(tx: Tx, scope: Scope, id: string): Promise<Proposal> {
  await tx.lock(`proposal:${id}`);
  const proposal = await tx.proposals.get(scope, id);
  if (proposal === null) throw new RangeError(`There is no proposal ${id} of this person.`);
  return proposal;
}

function audit(tx: Tx, proposal: Proposal, kind: string, at: number, payload: object) {
  return tx.audit.append({
    workspace: proposal.workspace,
    actor: 'keel',
    person: proposal.person,
    kind,
    payload: { proposal: proposal.id, version: proposal.version, ...payload },
    at,
  });
}

/**
 * Writes down every order before any is sent: what was confirmed is being submitted.
 *
 * @returns the orders, or null when another worker has begun before
 */
export async function begin(
  { store, clock }: BrokerageDeps,
  scope: Scope,
  id: string,
): Promise<readonly Order[] | null> {
  return store.transact(async (tx) => {
    const proposal = await locked(tx, scope, id);
    if (proposal.state !== 'confirmed') return null;
    const next = transition(proposal, 'submitting');
    await tx.proposals.update(next);
    const orders = preparedOrders(proposal);
    for (const order of orders) await tx.orders.prepare(order);
    const ids = orders.map((order) => order.clientOrderId);
    await audit(tx, next, 'execution-begun', clock.now(), { orders: ids });
    return orders;
  });
}

/** Takes in what the broker said: order, fills, ledger and proposal move together or not at all. */
export async function record(
  { store, clock }: BrokerageDeps,
  scope: Scope,
  id: string,
  status: BrokerOrderStatus,
): Promise<void> {
  await store.transact(async (tx) => {
    const proposal = await locked(tx, scope, id);
    const orders = await tx.orders.of(scope, id);
    const order = orders.find((each) => each.clientOrderId === status.clientOrderId);
    if (order === undefined) throw new RangeError(`Order ${status.clientOrderId} is not of ${id}.`);
    const next = mergeStatus(order, status);
    const fresh = await tx.orders.addFills(scope, status.fills);
    if (fresh.length === 0 && next.state === order.state) return;
    await tx.orders.update(next);
    await tx.ledger.append(
      scope,
      fresh.map((fill) => fillEntry(order, fill)),
    );
    // News of a proposal that has ended still counts in the ledger: it is what happened.
    const moved = fresh.length > 0 && !isFinal(proposal.state);
    const current = moved ? transition(proposal, 'partly-filled') : proposal;
    if (moved) await tx.proposals.update(current);
    await audit(tx, current, 'order-told', clock.now(), {
      order: next.clientOrderId,
      state: next.state,
      reason: next.reason,
      fills: fresh.map((fill) => ({
        id: fill.id,
        units: String(fill.units),
        price: fill.price,
        amountMinor: String(fill.amount.minor),
        commissionMinor: String(fill.commission.minor),
      })),
    });
  });
}

/** Ends the proposal and tells the person, once. */
export async function conclude(
  { store, clock }: BrokerageDeps,
  scope: Scope,
  id: string,
  to: 'filled' | 'failed' | 'cancelled' | 'expired',
  reason: string | null,
): Promise<void> {
  await store.transact(async (tx) => {
    const proposal = await locked(tx, scope, id);
    if (isFinal(proposal.state)) return;
    const next = transition(proposal, to, reason === null ? {} : { reason });
    await tx.proposals.update(next);
    await audit(tx, next, `proposal-${to}`, clock.now(), { reason });
    const orders = await tx.orders.of(scope, id);
    const fills = await tx.orders.fills(scope, id);
    const holdings = await tx.ledger.holdings(scope);
    const conversation = conversationKey(next.source);
    const reply = outcomeReply(next, orders, fills, holdings.cash);
    await owe(tx, { conversation, source: next.source, inboxId: null }, [reply], clock.now());
    const { locale } = await tx.people.get(scope);
    await refreshHomes(tx, scope, { id: `p${id}`, locale, at: clock.now() });
  });
}

/** Looks again later, when an order is still open. */
export async function askLater({ store }: BrokerageDeps, scope: Scope, id: string): Promise<void> {
  await store.transact((tx) =>
    tx.jobs.send(
      'execute',
      { workspace: scope.workspace, person: scope.person, proposal: id },
      { singletonKey: id, startAfterMs: ASK_AGAIN_MS },
    ),
  );
}

const ASK_AGAIN_MS = 5_000;
