import assert from 'node:assert/strict';
import { clientOrderId } from '../bot/advice/order-ids.ts';
import { cashOf } from '../bot/advice/propose.ts';
import type { Proposal } from '../bot/advice/types.ts';
import { reconcile } from '../bot/jobs/reconcile.ts';
import type { Stage } from './stage.ts';

/** What is so about one confirmation, in the database and at the broker. */
export interface Facts {
  /** Inbox rows of the delivery. */
  readonly received: number;
  readonly handled: boolean;
  /** Replies that its handling put in the outbox. */
  readonly answers: number;
  /** Audit rows that say it was confirmed. */
  readonly confirmations: number;
  readonly state: string;
  /** States of the stored orders, by leg; empty before they are written. */
  readonly orders: readonly string[];
  /** How often the broker heard each leg's order. */
  readonly submits: readonly number[];
  /** How many orders of each leg's id the broker holds. */
  readonly atBroker: readonly number[];
}

export async function factsOf(stage: Stage, proposal: Proposal, delivery: string): Promise<Facts> {
  const inbox = await stage.sql(
    `select id, done_at is not null as done,
       (select count(*)::int from outbox where inbox_id = inbox.id) as answers
     from inbox where update_key like '%:' || $1`,
    [delivery],
  );
  const [{ confirmations }] = await stage.sql(
    `select count(*)::int as confirmations from audit_rows join audit_payloads using (workspace, seq)
     where kind = 'proposal-confirmed' and body::json->>'proposal' = $1`,
    [proposal.id],
  );
  const now = await stage.store.read.proposals.get(stage.scope, proposal.id);
  const orders = await stage.store.read.orders.of(stage.scope, proposal.id);
  const calls = await callsOf(stage);
  const ids = proposal.legs.map((leg) => clientOrderId(proposal.id, leg.index));
  return {
    received: inbox.length,
    handled: inbox.length > 0 && inbox.every((row) => row.done === true),
    answers: inbox.reduce((sum, row) => sum + Number(row.answers), 0),
    confirmations: Number(confirmations),
    state: now?.state ?? 'absent',
    orders: [...orders].sort((a, b) => a.leg - b.leg).map((order) => order.state),
    submits: ids.map((id) => calls[`submit ${id}`] ?? 0),
    atBroker: ids.map((id) => brokerOrders(stage, id)),
  };
}

export async function callsOf(stage: Stage): Promise<Readonly<Record<string, number>>> {
  const { calls } = (await stage.broker.control({ do: 'calls' })) as {
    calls: Record<string, number>;
  };
  return calls;
}

export function brokerOrders(stage: Stage, id: string): number {
  return stage.brokerRows('select 1 from orders where client_order_id = ?', id).length;
}

/** The same number for every leg. */
export function each(proposal: Proposal, value: number): readonly number[] {
  return proposal.legs.map(() => value);
}

/** What must be so in the end, whatever happened: done once, and done whole. */
export function assertDoneOnce(facts: Facts, proposal: Proposal): void {
  const { submits, ...rest } = facts;
  assert.deepEqual(rest, {
    received: 1,
    handled: true,
    answers: 1,
    confirmations: 1,
    state: 'filled',
    orders: proposal.legs.map(() => 'filled'),
    atBroker: each(proposal, 1),
  });
  assert.ok(submits.every((count) => count >= 1));
}

/**
 * The three invariants over everything that ever happened here: one broker order per intent, ledger
 * equal to broker to the cent, every accepted event in a final state; and the audit chain whole.
 */
export async function assertSound(stage: Stage): Promise<void> {
  const { store, scope } = stage;
  assert.deepEqual(await reconcile(stage, scope), [], 'ledger and broker differ');
  const stored = await stage.sql(
    'select client_order_id as id, units::text, filled_units::text as filled from orders order by 1',
  );
  const theirs = stage.brokerRows(
    `select client_order_id as id, cast(units as text) as units,
       cast((select sum(units) from fills f where f.client_order_id = o.client_order_id) as text) as filled
     from orders o order by 1`,
  );
  assert.deepEqual(plain(theirs), plain(stored), 'the orders at the broker are not those stored');
  const fills = await stage.sql(
    'select id, units::text, amount_minor::text, commission_minor::text from fills order by 1',
  );
  const told = stage.brokerRows(
    `select id, cast(units as text) as units, cast(amount_minor as text) as amount_minor,
       cast(commission_minor as text) as commission_minor from fills order by 1`,
  );
  assert.deepEqual(plain(fills), plain(told), 'the fills at the broker are not those stored');
  const [open] = await stage.sql(
    `select (select count(*)::int from inbox where done_at is null) as inbox,
       (select count(*)::int from outbox where sent_at is null) as outbox,
       (select count(*)::int from transfers where done_at is null) as transfers,
       (select count(*)::int from proposals
          where state not in ('filled', 'superseded', 'expired', 'cancelled')) as proposals`,
  );
  assert.deepEqual({ ...open }, { inbox: 0, outbox: 0, transfers: 0, proposals: 0 });
  const chain = await store.read.audit.verify(scope.workspace);
  assert.equal(chain.brokenAt, null, 'the audit chain is broken');
}

/** Cash once a proposal is carried out at the prices it showed. */
export async function cashAfter(stage: Stage, proposal: Proposal): Promise<bigint> {
  const holdings = await stage.store.read.ledger.holdings(stage.scope);
  return holdings.cash.minor + cashOf(proposal.legs);
}

function plain(rows: readonly object[]): readonly object[] {
  return rows.map((row) => ({ ...row }));
}
