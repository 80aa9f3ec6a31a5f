import { z } from 'zod';
import { isOrderFinal, nextStep } from '../advice/execution.ts';
import type { Order, Proposal } from '../advice/types.ts';
import { Conflict } from '../errors.ts';
import { inTurn } from '../in-turn.ts';
import { formatUnits } from '../language/format.ts';
import type { Scope } from '../store.ts';
import { askLater, begin, conclude, record } from './execute-steps.ts';
import { cancelOrder, findOrder, placeOrder } from './place-order.ts';
import type { BrokerageDeps } from './settle.ts';
import { settle } from './settle.ts';

/** How long after a proposal's expiry its execution may still begin, or wait for an open order. */
const PATIENCE_MS = 86_400_000;
const MOST_CONFLICTS = 5;

const jobSchema = z.object({ workspace: z.string(), person: z.string(), proposal: z.string() });

/**
 * Handles the job 'execute'. A throw means the outcome is unknown and the job is run again. Runs of
 * one proposal in this process follow each other, so that its own sweeper never makes a second call.
 */
export function executeJob(
  deps: BrokerageDeps,
): (data: Readonly<Record<string, string>>) => Promise<void> {
  const turn = inTurn();
  return (data) => {
    const { workspace, person, proposal } = jobSchema.parse(data);
    return turn(proposal, async () => {
      await executeProposal(deps, { workspace, person }, proposal);
    });
  };
}

/**
 * Carries a confirmed proposal to its end, from wherever it stands: what is stored decides the next
 * step, so it can be killed at any point and run again, by any worker.
 *
 * @returns 'waiting' while an order is open at the broker; another run is then scheduled
 * @throws {PortError} while the broker's answer is unknown: nothing is lost, run it again
 */
export async function executeProposal(
  deps: BrokerageDeps,
  scope: Scope,
  id: string,
): Promise<'finished' | 'waiting'> {
  // Orders written by this very run cannot have been sent by anybody before.
  const unsent = new Set<string>();
  for (let conflicts = 0; ; ) {
    const proposal = await deps.store.read.proposals.get(scope, id);
    if (proposal === null) throw new RangeError(`There is no proposal ${id} of this person.`);
    const orders = await deps.store.read.orders.of(scope, id);
    try {
      const waits = await takeStep(deps, scope, proposal, orders, unsent);
      if (waits !== 'go on') return waits;
    } catch (error) {
      if (!(error instanceof Conflict) || ++conflicts > MOST_CONFLICTS) throw error;
    }
  }
}

async function takeStep(
  deps: BrokerageDeps,
  scope: Scope,
  proposal: Proposal,
  orders: readonly Order[],
  unsent: Set<string>,
): Promise<'go on' | 'finished' | 'waiting'> {
  const { broker } = deps;
  const step = nextStep(proposal, orders);
  switch (step.kind) {
    case 'nothing':
      return 'finished';
    case 'begin':
      for (const order of await prepare(deps, scope, proposal)) unsent.add(order.clientOrderId);
      return 'go on';
    case 'submit': {
      const mayBeSent = !unsent.delete(step.order.clientOrderId);
      const status = await placeOrder(broker, step.order, mayBeSent);
      await record(deps, scope, proposal.id, status);
      return 'go on';
    }
    case 'ask': {
      const late = deps.clock.now() > proposal.expiresAt + PATIENCE_MS;
      const status = late
        ? await cancelOrder(broker, step.order)
        : await findOrder(broker, step.order);
      if (status !== null) await record(deps, scope, proposal.id, status);
      if (status !== null && isOrderFinal(status.state)) return 'go on';
      await askLater(deps, scope, proposal.id);
      return 'waiting';
    }
    case 'stop':
      for (const order of step.withdraw) {
        await record(deps, scope, proposal.id, await cancelOrder(broker, order));
      }
      await conclude(deps, scope, proposal.id, endOf(step.because), whyStopped(step.because));
      return 'go on';
    case 'finish':
      await conclude(deps, scope, proposal.id, 'filled', null);
      return 'go on';
  }
}

/** Makes sure that the broker knows the holdings and the time has not run out, then begins. */
async function prepare(
  deps: BrokerageDeps,
  scope: Scope,
  proposal: Proposal,
): Promise<readonly Order[]> {
  if (deps.clock.now() > proposal.expiresAt + PATIENCE_MS) {
    const reason =
      'The broker could not be reached for a day, so the prices you agreed to are old.';
    await conclude(deps, scope, proposal.id, 'expired', reason);
    return [];
  }
  const { refused } = await settle(deps, scope);
  if (refused.length > 0) {
    const reason = `The broker did not accept your holdings: ${refused[0].reason}`;
    await conclude(deps, scope, proposal.id, 'failed', reason);
    return [];
  }
  return (await begin(deps, scope, proposal.id)) ?? [];
}

function endOf(order: Order): 'failed' | 'cancelled' {
  return order.state === 'cancelled' ? 'cancelled' : 'failed';
}

function whyStopped(order: Order): string {
  const what = `The order to ${order.side} ${formatUnits(order.units)} ${order.asset}`;
  const how = order.state === 'cancelled' ? 'was cancelled by the broker' : 'was rejected';
  const done = order.filledUnits > 0n ? ` after ${formatUnits(order.filledUnits)} were filled` : '';
  return `${what} ${how}${done}: ${order.reason ?? 'no reason was given'}`;
}
