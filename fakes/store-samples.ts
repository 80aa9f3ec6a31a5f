import type { Fill, LedgerEntry, Order, Proposal, Recommendation } from '../bot/advice/types.ts';
import type { Event, Source } from '../bot/event.ts';
import type { Reply } from '../bot/reply.ts';
import type { ButtonRow, Person, Scope, Store } from '../bot/store.ts';

/** Plausible rows for tests of what is stored; every builder takes what the test cares about. */
export function sourceOf(identity: string, installation = 'here'): Source {
  return { platform: 'web', installation, conversation: `chat-${identity}`, identity };
}

export function resolve(store: Store, identity: string, installation?: string): Promise<Person> {
  return store.transact((tx) =>
    tx.people.resolve(sourceOf(identity, installation), 'en-GB', 1_000),
  );
}

export function textEvent(id: string, identity: string, text = 'hello'): Event {
  return {
    id,
    source: sourceOf(identity),
    surface: 'direct',
    locale: 'en-GB',
    at: 1_000,
    body: { kind: 'text', text },
  };
}

export function textReply(key: string, text = 'Hello.'): Reply {
  return {
    key,
    visibility: 'private',
    notify: 'normal',
    blocks: [{ kind: 'text', text }],
    actions: [],
  };
}

export function recommendationOf(scope: Scope, id: string, createdAt = 1_000): Recommendation {
  return {
    id,
    workspace: scope.workspace,
    person: scope.person,
    createdAt,
    engineVersion: '1',
    seed: 4_294_967_295,
    inputsHash: 'a'.repeat(64),
    panelHash: 'b'.repeat(64),
    policy: '{"profile":"balanced"}',
    result: JSON.stringify({ weights: [0.1, 0.2, 0.7], tiny: 5e-324, third: 1 / 3 }),
    drivers: '[{"kind":"risk-share","asset":"SPY","share":0.5}]',
  };
}

export function proposalOf(scope: Scope, id: string, recommendationId: string): Proposal {
  return {
    id,
    workspace: scope.workspace,
    person: scope.person,
    recommendationId,
    version: 0,
    hash: 'c'.repeat(64),
    state: 'proposed',
    legs: [
      {
        index: 0,
        asset: 'BTC-USD',
        side: 'sell',
        units: 12_345_678n,
        price: 61_234.56,
        amount: { minor: 755_984n, currency: 'USD' },
        cost: { minor: 1_512n, currency: 'USD' },
      },
      {
        index: 1,
        asset: 'SPY',
        side: 'buy',
        units: 9_007_199_254_740_993n,
        price: 0.1,
        amount: { minor: 900_719_925_474_099n, currency: 'USD' },
        cost: { minor: 0n, currency: 'USD' },
      },
    ],
    pricedOn: 20_000,
    createdAt: 2_000,
    expiresAt: 9_000,
    confirmedBy: null,
    reason: null,
    source: sourceOf('anna'),
    messageKey: 'proposal',
  };
}

export function orderOf(proposal: Proposal, leg: number): Order {
  const { asset, side, units } = proposal.legs[leg];
  return {
    clientOrderId: `${proposal.id}-${leg}`,
    proposalId: proposal.id,
    workspace: proposal.workspace,
    person: proposal.person,
    leg,
    asset,
    side,
    units,
    state: 'prepared',
    filledUnits: 0n,
    reason: null,
  };
}

export function fillOf(order: Order, id: string, units = order.units): Fill {
  return {
    id,
    clientOrderId: order.clientOrderId,
    units,
    price: 100.25,
    amount: { minor: 10_025n, currency: 'USD' },
    commission: { minor: 5n, currency: 'USD' },
    at: 3_000,
  };
}

export function entryOf(id: string, change: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id,
    at: 1_000,
    kind: 'declared',
    asset: null,
    units: 0n,
    cashMinor: 0n,
    costMinor: 0n,
    currency: 'USD',
    reference: 'declared-1',
    ...change,
  };
}

export function buttonOf(scope: Scope, id: string, once = true): ButtonRow {
  return {
    id,
    workspace: scope.workspace,
    person: scope.person,
    conversation: 'web:here:chat-anna',
    messageKey: 'proposal',
    kind: 'choice',
    form: null,
    initial: null,
    act: { name: 'confirm', args: { leg: 1 }, once, expiresAt: 9_000 },
    usedAt: null,
    usedBy: null,
  };
}
