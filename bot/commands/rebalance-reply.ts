import type { Plan } from '../advice/propose.ts';
import type { Leg, Proposal } from '../advice/types.ts';
import {
  formatDay,
  formatDuration,
  formatMinor,
  formatMoment,
  formatMoney,
  formatPercent,
  formatUnits,
} from '../language/format.ts';
import type { Block, Draft } from '../reply.ts';

/** What a proposal, its confirmation and its cancellation look like. */

/** The proposal with its two acts. Both are single use and end with the proposal. */
export function proposalDraft(
  proposal: Proposal,
  plan: Plan,
  extra: { readonly first: string | null; readonly notices: readonly Block[]; replaces?: string },
): Draft {
  const { id, version, hash, expiresAt } = proposal;
  const act = { args: {}, once: true, expiresAt, proposal: { id, version, hash } };
  return {
    key: proposal.messageKey,
    ...(extra.replaces === undefined ? {} : { replaces: extra.replaces }),
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: 'Proposed trades' },
      ...(extra.first === null ? [] : [{ kind: 'text', text: extra.first } as const]),
      tradesTable(proposal.legs),
      {
        kind: 'facts',
        facts: [
          { label: 'Value today', value: formatMinor(plan.valueMinor) },
          { label: 'Estimated cost', value: costText(plan) },
          { label: 'Cash left', value: formatMinor(plan.cashAfterMinor) },
          { label: 'Prices of', value: formatDay(proposal.pricedOn) },
        ],
      },
      {
        kind: 'notice',
        tone: 'disclosure',
        text: `Nothing is traded until you press Confirm, within ${formatDuration(expiresAt - proposal.createdAt)}. The orders go to the paper broker: no real money moves. A price can move before an order is filled; I ask again when one has moved by more than 1 %. These trades follow from your risk profile and goal, worked out by a machine; you decide.`,
      },
      ...extra.notices,
    ],
    actions: [
      {
        kind: 'choice',
        label: 'Confirm',
        style: 'primary',
        do: { name: 'confirm-proposal', ...act },
      },
      { kind: 'choice', label: 'Cancel', do: { name: 'cancel-proposal', ...act } },
      { kind: 'choice', label: 'Why?', do: { name: 'command', args: { name: 'why' } } },
    ],
  };
}

/** Nothing is far enough from its target to be worth its cost. */
export function nothingToTrade(key: string, minimumMinor: number, replaces?: string): Draft {
  return {
    key,
    ...(replaces === undefined ? {} : { replaces }),
    visibility: 'private',
    notify: 'normal',
    blocks: [
      {
        kind: 'text',
        text: `Your portfolio is where I would have it: no trade of ${formatMinor(BigInt(minimumMinor))} or more is needed.`,
      },
    ],
    actions: [
      { kind: 'choice', label: 'Portfolio', do: { name: 'command', args: { name: 'portfolio' } } },
    ],
  };
}

export function adviceFirst(key: string, without: string): Draft {
  return {
    key,
    visibility: 'private',
    notify: 'normal',
    blocks: [
      {
        kind: 'text',
        text: `I have not recommended anything to you yet, so there is nothing to ${without}.`,
      },
    ],
    actions: [
      {
        kind: 'choice',
        label: 'Recommend',
        style: 'primary',
        do: { name: 'command', args: { name: 'recommend' } },
      },
    ],
  };
}

/** Takes the place of the proposal once it is confirmed: what happens now, and who said so. */
export function confirmedDraft(proposal: Proposal, now: number): Draft {
  const { legs } = proposal;
  const orders = legs.length === 1 ? 'one order' : `${legs.length} orders, sells first,`;
  return {
    key: proposal.messageKey,
    replaces: proposal.messageKey,
    visibility: 'private',
    notify: 'silent',
    blocks: [
      { kind: 'text', style: 'title', text: 'Confirmed' },
      {
        kind: 'text',
        text: `You confirmed this on ${formatMoment(now)}. I am sending ${orders} to the paper broker and will say here what was filled.`,
      },
      tradesTable(legs),
    ],
    actions: [],
  };
}

export function cancelledDraft(proposal: Proposal, now: number): Draft {
  return {
    key: proposal.messageKey,
    replaces: proposal.messageKey,
    visibility: 'private',
    notify: 'silent',
    blocks: [
      {
        kind: 'text',
        text: `You cancelled this proposal on ${formatMoment(now)}. Nothing was traded.`,
      },
    ],
    actions: [],
  };
}

function tradesTable(legs: readonly Leg[]): Block {
  return {
    kind: 'table',
    columns: [
      { label: 'Trade', align: 'left' },
      // A phone shows the first columns: the money comes before the units.
      { label: 'Amount', align: 'right' },
      { label: 'Units', align: 'right' },
      { label: 'Price', align: 'right' },
    ],
    rows: legs.map((leg) => [
      `${leg.side === 'buy' ? 'Buy' : 'Sell'} ${leg.asset}`,
      formatMoney(leg.amount),
      formatUnits(leg.units),
      formatMinor(leg.price * 100, leg.amount.currency),
    ]),
  };
}

function costText({ costMinor, valueMinor }: Plan): string {
  const part = valueMinor > 0n ? Number(costMinor) / Number(valueMinor) : 0;
  // A tenth of a percent hides most costs, so small ones are said as what they are below.
  const percent = part < 0.0005 ? 'under 0.1 %' : formatPercent(part);
  return `${formatMinor(costMinor)} (${percent} of value)`;
}
