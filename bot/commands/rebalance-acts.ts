import { isOpen, transition } from '../advice/proposal.ts';
import { assertFresh, cashOf } from '../advice/propose.ts';
import { lockTrading } from '../advice/trading-lock.ts';
import type { Holdings, Proposal } from '../advice/types.ts';
import { Conflict, Refusal } from '../errors.ts';
import type { Quote } from '../ports.ts';
import type { Act } from '../reply.ts';
import type { ActHandler, Context, Outcome } from './command.ts';
import type { LatestAdvice } from './rebalance.ts';
import { offerProposal, RECENT, refuseWhileTrading } from './rebalance.ts';
import { cancelledDraft, confirmedDraft } from './rebalance-reply.ts';

/** A price that moved by more than this since it was shown makes the person confirm again. */
const PRICE_TOLERANCE = 0.01;

/** What the buttons of a proposal do. Their act is consumed by the bot in the same transaction. */
export function rebalanceActs(
  latestAdvice: LatestAdvice,
): Readonly<Record<'confirm-proposal' | 'cancel-proposal', ActHandler>> {
  return {
    'confirm-proposal': (context) => confirm(context, latestAdvice),
    'cancel-proposal': cancel,
  };
}

async function confirm(context: Context, latestAdvice: LatestAdvice): Promise<Outcome> {
  const { proposal, shown } = await pressedOn(context);
  refuseUnlessOpenOrStale(proposal);
  const [holdings, market] = await Promise.all([
    context.read.ledger.holdings(context.person),
    context.market(),
  ]);
  const stale = whyStale(context.now, proposal, shown, holdings, market.quotes);
  if (stale !== null) {
    return offerProposal(
      context,
      latestAdvice,
      proposal,
      `${stale} Here is a fresh proposal; please look at it and confirm again.`,
    );
  }
  const advice = await latestAdvice(context);
  const assets = proposal.legs.map((leg) => leg.asset);
  if (advice !== null) {
    assertFresh(market.quotes, assets, advice.policy.maxPriceAgeDays, context.now);
  }
  return accept(context, proposal, holdings);
}

/** One transaction: the confirmation, its audit row and the job that carries it out. */
function accept(context: Context, proposal: Proposal, holdings: Holdings): Outcome {
  const { person, now } = context;
  return {
    replies: [confirmedDraft(proposal, now)],
    commit: async (tx) => {
      await lockTrading(tx, person);
      await tx.lock(`proposal:${proposal.id}`);
      const before = await tx.ledger.holdings(person);
      if (before.version !== holdings.version) {
        throw new Conflict('The holdings have changed since they were read.');
      }
      refuseWhileTrading(
        (await tx.proposals.list(person, RECENT)).filter((each) => each.id !== proposal.id),
      );
      const next = transition(proposal, 'confirmed', { confirmedBy: person.person });
      await tx.proposals.update(next);
      await tx.audit.append({
        workspace: person.workspace,
        actor: person.person,
        person: person.person,
        kind: 'proposal-confirmed',
        payload: { proposal: next.id, version: next.version, hash: next.hash },
        at: now,
      });
      await tx.jobs.send(
        'execute',
        { workspace: person.workspace, person: person.person, proposal: next.id },
        { singletonKey: next.id },
      );
      return undefined;
    },
  };
}

async function cancel(context: Context): Promise<Outcome> {
  const { person, now } = context;
  const { proposal } = await pressedOn(context);
  if (!isOpen(proposal.state)) {
    refuseUnlessOpenOrStale(proposal);
    throw new Refusal('gone', 'That proposal is no longer open, so there is nothing to cancel.');
  }
  return {
    replies: [cancelledDraft(proposal, now)],
    commit: async (tx) => {
      await tx.lock(`proposal:${proposal.id}`);
      const next = transition(proposal, 'cancelled', { reason: 'Cancelled before confirming.' });
      await tx.proposals.update(next);
      await tx.audit.append({
        workspace: person.workspace,
        actor: person.person,
        person: person.person,
        kind: 'proposal-cancelled',
        payload: { proposal: next.id, version: next.version },
        at: now,
      });
      return undefined;
    },
  };
}

/** The proposal behind the pressed button, as it is now, and as the button showed it. */
async function pressedOn(
  context: Context,
): Promise<{ proposal: Proposal; shown: NonNullable<Act['proposal']> }> {
  const { button, person } = context;
  const shown = button?.act.proposal;
  const proposal = shown ? await context.read.proposals.get(person, shown.id) : null;
  if (shown === undefined || proposal === null) {
    throw new Refusal('gone', 'I cannot find that proposal any more. Ask for /rebalance again.');
  }
  return { proposal, shown };
}

function refuseUnlessOpenOrStale({ state }: Proposal): void {
  switch (state) {
    case 'confirmed':
    case 'submitting':
    case 'partly-filled':
      throw new Refusal('used', 'That was already confirmed and is being carried out.');
    case 'filled':
      throw new Refusal('used', 'That was already confirmed and carried out.');
    case 'failed':
      throw new Refusal('used', 'That was already confirmed, but not carried out in full.');
    case 'cancelled':
    case 'declined':
      throw new Refusal('used', `That proposal was ${state}. Ask for /rebalance for a fresh one.`);
    default:
      return;
  }
}

/** Why what was shown no longer holds, in words; null when it does. */
function whyStale(
  now: number,
  proposal: Proposal,
  shown: NonNullable<Act['proposal']>,
  holdings: Holdings,
  quotes: ReadonlyMap<string, Quote>,
): string | null {
  if (now > proposal.expiresAt || proposal.state === 'expired') return 'That proposal has expired.';
  if (proposal.state === 'superseded') return 'Something newer took the place of that proposal.';
  if (shown.version !== proposal.version || shown.hash !== proposal.hash) {
    return 'That proposal has moved on since this button was shown.';
  }
  const moved = proposal.legs.find((leg) => {
    const price = quotes.get(leg.asset)?.price ?? Number.NaN;
    return !(Math.abs(price / leg.price - 1) <= PRICE_TOLERANCE);
  });
  if (moved !== undefined) return `The price of ${moved.asset} has moved by more than 1 %.`;
  return covers(holdings, proposal) ? null : 'Your holdings have changed.';
}

/** Whether what is held still pays for the proposal. */
function covers(holdings: Holdings, { legs }: Proposal): boolean {
  const held = new Map(holdings.positions.map((each) => [each.asset, each.units]));
  const sells = legs.filter((leg) => leg.side === 'sell');
  return (
    sells.every((leg) => (held.get(leg.asset) ?? 0n) >= leg.units) &&
    holdings.cash.minor + cashOf(legs) >= 0n
  );
}
