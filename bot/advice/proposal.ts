import { createHash } from 'node:crypto';
import type { Leg, Proposal, ProposalState } from './types.ts';

/** What may follow what. A state without followers is final. */
const followers: Readonly<Record<ProposalState, readonly ProposalState[]>> = {
  proposed: ['approved', 'confirmed', 'cancelled', 'declined', 'expired', 'superseded'],
  approved: ['confirmed', 'cancelled', 'declined', 'expired', 'superseded'],
  confirmed: ['submitting', 'failed', 'cancelled', 'expired'],
  submitting: ['partly-filled', 'filled', 'failed', 'cancelled'],
  // Every further fill is a transition of its own, so that each is told by a version.
  'partly-filled': ['partly-filled', 'filled', 'failed', 'cancelled'],
  filled: [],
  failed: [],
  cancelled: [],
  declined: [],
  expired: [],
  superseded: [],
};

export const proposalStates = Object.keys(followers) as readonly ProposalState[];

/** Whether nothing can follow this state. */
export function isFinal(state: ProposalState): boolean {
  return followers[state].length === 0;
}

/** Whether the person can still confirm or cancel it. */
export function isOpen(state: ProposalState): boolean {
  return state === 'proposed' || state === 'approved';
}

export function canFollow(from: ProposalState, to: ProposalState): boolean {
  return followers[from].includes(to);
}

/**
 * The proposal in its next state, one version later.
 *
 * @throws {RangeError} when the life cycle does not allow it: a bug of the caller
 */
export function transition(
  proposal: Proposal,
  to: ProposalState,
  change: { readonly confirmedBy?: string; readonly reason?: string } = {},
): Proposal {
  if (!canFollow(proposal.state, to)) {
    throw new RangeError(
      `Proposal ${proposal.id} is ${proposal.state} and cannot become ${to}; read it again first.`,
    );
  }
  return {
    ...proposal,
    state: to,
    version: proposal.version + 1,
    confirmedBy: change.confirmedBy ?? proposal.confirmedBy,
    reason: change.reason ?? proposal.reason,
  };
}

/** SHA-256 over everything the person was shown and agrees to: legs, prices, costs and their day. */
export function proposalHash(legs: readonly Leg[], pricedOn: number): string {
  const shown = legs.map((leg) => [
    leg.index,
    leg.asset,
    leg.side,
    String(leg.units),
    leg.price,
    String(leg.amount.minor),
    String(leg.cost.minor),
    leg.amount.currency,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([pricedOn, shown]))
    .digest('hex');
}
