import { accountOf } from '../advice/order-ids.ts';
import type { Order } from '../advice/types.ts';
import { PortError } from '../errors.ts';
import type { Broker, BrokerOrderStatus } from '../ports.ts';

/**
 * Sends an order so that it exists at most once, and tells what became of it. What may have been
 * sent before is looked up first; so is every answer that leaves the outcome open, and only an order
 * that the broker has never seen is sent again, under the same id. A refusal counts only when the
 * broker does not know the order: a refused duplicate is an order that was accepted before.
 *
 * @throws {PortError} while the outcome is unknown: run the execution again later
 */
export async function placeOrder(
  broker: Broker,
  order: Order,
  mayBeSent: boolean,
): Promise<BrokerOrderStatus> {
  if (mayBeSent || !broker.capabilities.deduplicates) {
    const known = await findOrder(broker, order);
    if (known !== null) return known;
  }
  try {
    return await submit(broker, order, mayBeSent);
  } catch (error) {
    const unclear =
      error instanceof PortError && (error.code === 'timeout' || error.code === 'bad-answer');
    if (!unclear) throw error;
    const known = await findOrder(broker, order);
    return known ?? (await submit(broker, order, true));
  }
}

/** What the broker knows of an order, checked; null when it has never seen it. */
export async function findOrder(broker: Broker, order: Order): Promise<BrokerOrderStatus | null> {
  const status = await broker.find(order.clientOrderId);
  return status === null ? null : checked(order, status);
}

/** Cancels what is open; what the broker has never seen must never be taken later. */
export async function cancelOrder(broker: Broker, order: Order): Promise<BrokerOrderStatus> {
  try {
    return checked(order, await broker.cancel(order.clientOrderId));
  } catch (error) {
    if (!(error instanceof PortError && error.code === 'refused')) throw error;
    const known = await findOrder(broker, order);
    return known ?? ended(order, 'cancelled', 'It was never sent.');
  }
}

async function submit(
  broker: Broker,
  order: Order,
  mayBeSent: boolean,
): Promise<BrokerOrderStatus> {
  try {
    const { clientOrderId, asset, side, units } = order;
    const account = accountOf(order);
    return checked(order, await broker.submit({ clientOrderId, account, asset, side, units }));
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    if (error.code !== 'refused' && error.code !== 'duplicate') throw error;
    const known = await findOrder(broker, order);
    if (known !== null) return known;
    // The order is there, or may be, and cannot be seen yet: ask again later, never call it rejected.
    if (error.code === 'duplicate' || (mayBeSent && !broker.capabilities.findsFilled)) {
      throw new PortError(
        'broker',
        'bad-answer',
        `The broker refused order ${order.clientOrderId} and cannot say yet what became of it.`,
        { cause: error },
      );
    }
    if (!mayBeSent) return ended(order, 'rejected', error.message);
    // An earlier try may have arrived: cancelling settles for good whether anything was filled.
    const settled = await cancelOrder(broker, order);
    return settled.state === 'cancelled' && settled.filledUnits === 0n
      ? ended(order, 'rejected', error.message)
      : settled;
  }
}

function ended(
  { clientOrderId }: Order,
  state: 'rejected' | 'cancelled',
  reason: string,
): BrokerOrderStatus {
  return { clientOrderId, state, filledUnits: 0n, fills: [], reason };
}

/** An answer that contradicts itself or the order is not believed. */
function checked(order: Order, status: BrokerOrderStatus): BrokerOrderStatus {
  const sum = status.fills.reduce((total, fill) => total + fill.units, 0n);
  const fits =
    status.clientOrderId === order.clientOrderId &&
    sum === status.filledUnits &&
    sum <= order.units &&
    (status.state !== 'filled' || sum === order.units);
  if (fits) return status;
  throw new PortError(
    'broker',
    'bad-answer',
    `The broker's fills of order ${order.clientOrderId} do not add up to what it says was filled.`,
  );
}
