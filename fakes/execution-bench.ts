import { expect } from 'vitest';
import type { Control } from '../adapters/broker/paper/wire.ts';
import { clientOrderId } from '../bot/advice/order-ids.ts';
import { cashOf } from '../bot/advice/propose.ts';
import type { Proposal } from '../bot/advice/types.ts';
import { PortError } from '../bot/errors.ts';
import { conversationKey } from '../bot/event.ts';
import { executeProposal } from '../bot/jobs/execute.ts';
import { reconcile } from '../bot/jobs/reconcile.ts';
import type { Reply } from '../bot/reply.ts';
import type { Person } from '../bot/store.ts';
import type { TradingFloor } from './trading.ts';

export type FaultRule = Extract<Control, { do: 'fault' }>['rule'];
export type Bench = ReturnType<typeof createBench>;

/** What execution tests do and check on a trading floor. */
export function createBench(floor: TradingFloor) {
  /** A person with a confirmed proposal. */
  async function start() {
    const person = await floor.person();
    return { person, proposal: await floor.confirmed(person) };
  }

  function run(person: Person, proposal: Proposal) {
    return executeProposal(floor.deps, person, proposal.id);
  }

  function fault(rule: Pick<FaultRule, 'fault'> & Partial<FaultRule>) {
    return floor.broker.control({
      do: 'fault',
      rule: { on: 'submit', after: 0, times: 1, ...rule },
    });
  }

  /** Faults and moved prices are taken back. */
  async function calm(): Promise<void> {
    await floor.broker.control({ do: 'clear' });
    await floor.broker.feed([...floor.quotes.values()]);
  }

  async function stateOf(person: Person, proposal: Proposal): Promise<Proposal> {
    return (await floor.store.read.proposals.get(person, proposal.id))!;
  }

  /** How often each leg's order was sent to the broker. */
  async function submits(proposal: Proposal): Promise<readonly number[]> {
    const { calls } = (await floor.broker.control({ do: 'calls' })) as {
      calls: Record<string, number>;
    };
    return proposal.legs.map(
      (leg) => calls[`submit ${clientOrderId(proposal.id, leg.index)}`] ?? 0,
    );
  }

  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    return error instanceof PortError ? error.code : String(error);
  }

  async function told(proposal: Proposal): Promise<Reply | undefined> {
    const row = await floor.store.read.outbox.next(
      conversationKey(proposal.source),
      floor.clock.at,
    );
    return row?.reply;
  }

  function textOf(reply: Reply | undefined): string {
    return JSON.stringify(reply?.blocks);
  }

  /** The invariants after every fault: ledger equals broker, and the audit chain holds. */
  async function expectSound(person: Person): Promise<void> {
    expect(await reconcile(floor.deps, person)).toEqual([]);
    expect((await floor.store.read.audit.verify(person.workspace)).brokenAt).toBeNull();
  }

  /** Filled at the prices that were shown, so that cash is what the proposal said it would be. */
  async function expectFilled(person: Person, proposal: Proposal): Promise<void> {
    expect((await stateOf(person, proposal)).state).toBe('filled');
    const holdings = await floor.store.read.ledger.holdings(person);
    expect(holdings.cash.minor).toBe(400_000n + cashOf(proposal.legs));
    await expectSound(person);
  }

  return {
    floor,
    start,
    run,
    fault,
    calm,
    stateOf,
    submits,
    codeOf,
    told,
    textOf,
    expectSound,
    expectFilled,
  };
}
