import { fillTerms } from '../../../bot/advice/fill.ts';
import { formatUnits } from '../../../bot/language/format.ts';
import type { Accounts } from './accounts.ts';
import type { BrokerDatabase, Row } from './database.ts';
import { Refused } from './refused.ts';
import type { WireOrder, WireQuote, WireStatus } from './wire.ts';
import { quoteSchema, toJson } from './wire.ts';

/** How much of an order is filled at once; 1 unless a test asks for less. */
export interface Handling {
  readonly part: number;
  readonly reject: string | null;
  /** Refuse a repeated id even when its content is the same. */
  readonly strictIds: boolean;
}

interface StoredOrder extends WireOrder {
  readonly state: WireStatus['state'];
  readonly reason: string | null;
}

/** The order book: takes orders once by client id and fills them at the stored quotes. */
export function createBook(database: BrokerDatabase, accounts: Accounts, now: () => number) {
  function quoteOf(asset: string): WireQuote | null {
    const row = database.one('select * from quotes where asset = ?', asset);
    if (row === null) return null;
    return quoteSchema.parse({
      asset,
      price: row.price,
      day: Number(row.day),
      step: String(row.step),
      costs: JSON.parse(String(row.costs)),
    });
  }

  /** The market feed: what was told last counts. */
  function putQuotes(quotes: readonly WireQuote[]): void {
    database.transact(() => {
      for (const { asset, price, day, step, costs } of quotes) {
        database.run(
          'insert or replace into quotes values (?, ?, ?, ?, ?)',
          asset,
          price,
          day,
          step,
          toJson(costs),
        );
      }
    });
  }

  function stored(clientOrderId: string): StoredOrder | null {
    const row = database.one('select * from orders where client_order_id = ?', clientOrderId);
    return row === null ? null : toOrder(row);
  }

  function fillsOf(clientOrderId: string): WireStatus['fills'] {
    return database
      .all('select * from fills where client_order_id = ? order by rowid', clientOrderId)
      .map((row) => ({
        id: row.id as string,
        units: row.units as bigint,
        price: row.price as number,
        amountMinor: row.amount_minor as bigint,
        commissionMinor: row.commission_minor as bigint,
        currency: row.currency as string,
        at: Number(row.at),
      }));
  }

  function isWithdrawn(clientOrderId: string): boolean {
    return (
      database.one('select 1 from withdrawn where client_order_id = ?', clientOrderId) !== null
    );
  }

  function find(clientOrderId: string): WireStatus | null {
    const order = stored(clientOrderId);
    if (order === null) return isWithdrawn(clientOrderId) ? withdrawnStatus(clientOrderId) : null;
    const fills = fillsOf(clientOrderId);
    const filledUnits = fills.reduce((sum, each) => sum + each.units, 0n);
    return { clientOrderId, state: order.state, filledUnits, fills, reason: order.reason };
  }

  function setState(clientOrderId: string, state: WireStatus['state'], reason: string | null) {
    database.run(
      'update orders set state = ?, reason = ? where client_order_id = ?',
      state,
      reason,
      clientOrderId,
    );
  }

  /** @throws Refused when the account cannot bear it */
  function fill(order: WireOrder, units: bigint): void {
    const quote = quoteOf(order.asset);
    if (quote === null) throw new Refused('no-quote', `There is no quote of ${order.asset}.`);
    const terms = fillTerms(order.side, units, quote.price, quote.costs);
    const { currency } = accounts.read(order.account);
    const buy = order.side === 'buy';
    const cash = buy
      ? -(terms.amountMinor + terms.commissionMinor)
      : terms.amountMinor - terms.commissionMinor;
    accounts.move(order.account, currency, cash, order.asset, buy ? units : -units);
    const sequence = fillsOf(order.clientOrderId).length + 1;
    database.run(
      'insert into fills values (?, ?, ?, ?, ?, ?, ?, ?)',
      `${order.clientOrderId}-${sequence}`,
      order.clientOrderId,
      units,
      terms.price,
      terms.amountMinor,
      terms.commissionMinor,
      currency,
      now(),
    );
  }

  /** Why an order cannot be taken, in words; null when it can. */
  function objection(order: WireOrder): string | null {
    const quote = quoteOf(order.asset);
    if (quote === null) return `There is no quote of ${order.asset}.`;
    const owned = accounts.unitsOf(order.account, order.asset);
    if (order.side === 'sell' && order.units > owned) {
      return `The account holds ${formatUnits(owned)} ${order.asset}, less than the ${formatUnits(order.units)} to sell.`;
    }
    const sellsAll = order.side === 'sell' && order.units === owned;
    if (order.units % quote.step !== 0n && !sellsAll) {
      return `${order.asset} trades in steps of ${formatUnits(quote.step)}.`;
    }
    if (order.side === 'buy') {
      const terms = fillTerms('buy', order.units, quote.price, quote.costs);
      if (terms.amountMinor + terms.commissionMinor > accounts.read(order.account).cashMinor) {
        return 'Not enough cash in the account.';
      }
    }
    return null;
  }

  function submit(order: WireOrder, handling: Handling): WireStatus {
    return database.transact(() => {
      const known = stored(order.clientOrderId);
      if (known !== null) {
        if (handling.strictIds || !sameOrder(known, order)) {
          throw new Refused('duplicate', 'That client order id has been used.');
        }
        return find(order.clientOrderId)!;
      }
      if (isWithdrawn(order.clientOrderId)) return withdrawnStatus(order.clientOrderId);
      const reason = handling.reject ?? objection(order);
      database.run(
        'insert into orders values (?, ?, ?, ?, ?, ?, ?)',
        order.clientOrderId,
        order.account,
        order.asset,
        order.side,
        order.units,
        reason === null ? 'accepted' : 'rejected',
        reason,
      );
      if (reason === null) fillPart(order, handling.part);
      return find(order.clientOrderId)!;
    });
  }

  function fillPart(order: WireOrder, part: number): void {
    const step = quoteOf(order.asset)!.step;
    const wanted = BigInt(Math.floor(Number(order.units) * part));
    const units = part >= 1 ? order.units : wanted - (wanted % step);
    if (units > 0n) fill(order, units);
    if (units === order.units) setState(order.clientOrderId, 'filled', null);
    else if (units > 0n) setState(order.clientOrderId, 'partly-filled', null);
  }

  /** Fills the rest of an order that waits; what the account cannot bear is cancelled. */
  function release(clientOrderId: string): WireStatus {
    return database.transact(() => {
      const order = stored(clientOrderId);
      if (order === null) throw new Refused('unknown-order', 'No such order.', 404);
      if (order.state === 'accepted' || order.state === 'partly-filled') {
        const rest = order.units - find(clientOrderId)!.filledUnits;
        try {
          fill(order, rest);
          setState(clientOrderId, 'filled', null);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          setState(clientOrderId, 'cancelled', error.message);
        }
      }
      return find(clientOrderId)!;
    });
  }

  /**
   * Cancels what is still open. An id never seen is remembered as withdrawn, so that an order that
   * is still on its way cannot be filled after its cancellation was answered.
   */
  function cancel(clientOrderId: string): WireStatus {
    return database.transact(() => {
      const order = stored(clientOrderId);
      if (order === null) {
        database.run('insert or ignore into withdrawn values (?)', clientOrderId);
        return withdrawnStatus(clientOrderId);
      }
      if (order.state === 'accepted' || order.state === 'partly-filled') {
        setState(clientOrderId, 'cancelled', 'Cancelled on request.');
      }
      return find(clientOrderId)!;
    });
  }

  return { putQuotes, submit, find, cancel, release };
}

export type Book = ReturnType<typeof createBook>;

function toOrder(row: Row): StoredOrder {
  return {
    clientOrderId: row.client_order_id as string,
    account: row.account as string,
    asset: row.asset as string,
    side: row.side as 'buy' | 'sell',
    units: row.units as bigint,
    state: row.state as WireStatus['state'],
    reason: row.reason as string | null,
  };
}

function sameOrder(a: WireOrder, b: WireOrder): boolean {
  return a.account === b.account && a.asset === b.asset && a.side === b.side && a.units === b.units;
}

function withdrawnStatus(clientOrderId: string): WireStatus {
  return {
    clientOrderId,
    state: 'cancelled',
    filledUnits: 0n,
    fills: [],
    reason: 'Withdrawn before it arrived.',
  };
}
