import { costsOf } from '../advice/costs.ts';
import { isFinal, isOpen, proposalHash, transition } from '../advice/proposal.ts';
import { propose } from '../advice/propose.ts';
import { lockTrading } from '../advice/trading-lock.ts';
import type { Proposal, Recommendation } from '../advice/types.ts';
import { Refusal } from '../errors.ts';
import type { Tx } from '../store.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Command, Context, Outcome } from './command.ts';
import { simulatedNotice } from './notices.ts';
import { adviceFirst, nothingToTrade, proposalDraft } from './rebalance-reply.ts';

/** A proposal can be confirmed this long. */
export const PROPOSAL_LIFE_MS = 15 * 60_000;
/** Only the newest proposals can still be open or under way. */
export const RECENT = 20;

/** The newest advice as targets to trade towards; null when there is none yet. */
export type LatestAdvice = (context: Context) => Promise<{
  readonly recommendation: Recommendation;
  /** Fractions of value by symbol, CASH included. */
  readonly targetWeights: ReadonlyMap<string, number>;
  readonly policy: Policy;
} | null>;

/** The command that turns the newest advice into trades to confirm. */
export function rebalanceCommand(latestAdvice: LatestAdvice): Command {
  return {
    name: 'rebalance',
    summary: 'The trades that lead to the recommended allocation, to confirm or cancel',
    phrases: ['rebalance', 'rebalance now', 'trade', 'make the trades', 'do it', 'invest'],
    needs: 'holdings',
    run: (context) => offerProposal(context, latestAdvice, null, null),
  };
}

/**
 * Proposes trades on fresh prices. With `previous` the new proposal takes its place, message and
 * all, and `first` says why.
 *
 * @throws {Refusal} when prices are stale or missing, or another proposal is being carried out
 */
export async function offerProposal(
  context: Context,
  latestAdvice: LatestAdvice,
  previous: Proposal | null,
  first: string | null,
): Promise<Outcome> {
  const { person, now } = context;
  const [advice, holdings, market] = await Promise.all([
    latestAdvice(context),
    context.read.ledger.holdings(person),
    context.market(),
  ]);
  if (advice === null) return { replies: [adviceFirst(context.newId(), 'rebalance towards')] };
  refuseWhileTrading(await context.read.proposals.list(person, RECENT));

  const { targetWeights, policy, recommendation } = advice;
  const plan = propose({ targetWeights, holdings, quotes: market.quotes, policy, costsOf, now });
  const messageKey = context.newId();
  const replaces = previous?.messageKey;
  if (plan.legs.length === 0) {
    const reply = nothingToTrade(messageKey, policy.minimumTradeMinor, replaces);
    return { replies: [reply], commit: (tx) => retire(tx, context) };
  }
  const proposal: Proposal = {
    id: context.newId(),
    workspace: person.workspace,
    person: person.person,
    recommendationId: recommendation.id,
    version: 1,
    hash: proposalHash(plan.legs, plan.pricedOn),
    state: 'proposed',
    legs: plan.legs,
    pricedOn: plan.pricedOn,
    createdAt: now,
    expiresAt: now + PROPOSAL_LIFE_MS,
    confirmedBy: null,
    reason: null,
    source: context.event.source,
    messageKey,
  };
  const notices = simulatedNotice(market);
  return {
    replies: [proposalDraft(proposal, plan, { first, notices, ...(replaces ? { replaces } : {}) })],
    commit: async (tx) => {
      await retire(tx, context);
      refuseWhileTrading(await tx.proposals.list(person, RECENT));
      await tx.proposals.insert(proposal);
      await tx.audit.append({
        workspace: person.workspace,
        actor: 'keel',
        person: person.person,
        kind: 'proposed',
        payload: { proposal: proposal.id, hash: proposal.hash, recommendation: recommendation.id },
        at: now,
      });
      return undefined;
    },
  };
}

/** Two proposals carried out at once would trade on each other's holdings. */
export function refuseWhileTrading(proposals: readonly Proposal[]): void {
  if (!proposals.some((each) => !isFinal(each.state) && !isOpen(each.state))) return;
  throw new Refusal(
    'trading',
    'Your last rebalance is still being carried out. I will say here what was filled; after that you can ask for another.',
  );
}

/** Ends whatever is still open, so that at most one proposal can be confirmed. */
async function retire(tx: Tx, { person, now }: Context): Promise<undefined> {
  await lockTrading(tx, person);
  for (const each of await tx.proposals.list(person, RECENT)) {
    if (!isOpen(each.state)) continue;
    const over = now > each.expiresAt;
    const reason = over ? 'It was not confirmed in time.' : 'A fresh one took its place.';
    const next = transition(each, over ? 'expired' : 'superseded', { reason });
    await tx.proposals.update(next);
    await tx.audit.append({
      workspace: person.workspace,
      actor: 'keel',
      person: person.person,
      kind: `proposal-${next.state}`,
      payload: { proposal: next.id, version: next.version },
      at: now,
    });
  }
  return undefined;
}
