import type { BrokerOrderStatus } from '../ports.ts';
import { clientOrderId } from './order-ids.ts';
import { isFinal } from './proposal.ts';
import type { Fill, LedgerEntry, Order, OrderState, Proposal } from './types.ts';

/** What an execution does next, told by the stored proposal and its orders alone. */
export type ExecutionStep =
  /** Final, or not confirmed: there is nothing to do. */
  | { readonly kind: 'nothing' }
  /** Confirmed: write the orders down before any is sent. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'submit'; readonly order: Order }
  /** Sent and not finished: ask the broker, and wait while it is open. */
  | { readonly kind: 'ask'; readonly order: Order }
  /** A leg did not fill: withdraw what was never sent and end. */
  | {
      readonly kind: 'stop';
      readonly because: Order;
      readonly withdraw: readonly Order[];
    }
  | { readonly kind: 'finish' };

const finalOrderStates: readonly OrderState[] = ['filled', 'rejected', 'cancelled'];

export function isOrderFinal(state: OrderState): boolean {
  return finalOrderStates.includes(state);
}

/**
 * The next step. Legs go one after the other, sells first, so buys wait for sells; a leg that ends
 * without filling stops the rest, because going on would be a trade nobody agreed to.
 */
export function nextStep(proposal: Proposal, orders: readonly Order[]): ExecutionStep {
  if (proposal.state === 'confirmed') return { kind: 'begin' };
  if (isFinal(proposal.state)) return { kind: 'nothing' };
  if (proposal.state !== 'submitting' && proposal.state !== 'partly-filled') {
    return { kind: 'nothing' };
  }
  const inOrder = [...orders].sort((a, b) => a.leg - b.leg);
  const broken = inOrder.find((each) => each.state === 'rejected' || each.state === 'cancelled');
  if (broken !== undefined) {
    return {
      kind: 'stop',
      because: broken,
      withdraw: inOrder.filter((each) => !isOrderFinal(each.state)),
    };
  }
  const unfinished = inOrder.find((each) => each.state !== 'filled');
  if (unfinished === undefined) return { kind: 'finish' };
  return { kind: unfinished.state === 'prepared' ? 'submit' : 'ask', order: unfinished };
}

/** The orders of a proposal as they are written down before any is sent. */
export function preparedOrders(proposal: Proposal): readonly Order[] {
  return proposal.legs.map((leg) => ({
    clientOrderId: clientOrderId(proposal.id, leg.index),
    proposalId: proposal.id,
    workspace: proposal.workspace,
    person: proposal.person,
    leg: leg.index,
    asset: leg.asset,
    side: leg.side,
    units: leg.units,
    state: 'prepared',
    filledUnits: 0n,
    reason: null,
  }));
}

const progress: Readonly<Record<OrderState, number>> = {
  prepared: 0,
  accepted: 1,
  'partly-filled': 2,
  filled: 3,
  rejected: 3,
  cancelled: 3,
};

/** What the broker says now, taken into the stored order; late news never takes it back. */
export function mergeStatus(order: Order, status: BrokerOrderStatus): Order {
  const behind = progress[status.state] < progress[order.state];
  const settled = isOrderFinal(order.state);
  return {
    ...order,
    state: behind || settled ? order.state : status.state,
    filledUnits: status.filledUnits > order.filledUnits ? status.filledUnits : order.filledUnits,
    reason: order.reason ?? status.reason,
  };
}

/** The exact ledger line of a fill: units one way, cash with commission the other. */
export function fillEntry(order: Order, fill: Fill): LedgerEntry {
  const buy = order.side === 'buy';
  const cashMinor = buy
    ? -(fill.amount.minor + fill.commission.minor)
    : fill.amount.minor - fill.commission.minor;
  return {
    id: `fill:${fill.id}`,
    at: fill.at,
    kind: 'fill',
    asset: order.asset,
    units: buy ? fill.units : -fill.units,
    cashMinor,
    costMinor: -cashMinor,
    currency: fill.amount.currency,
    reference: fill.id,
  };
}
