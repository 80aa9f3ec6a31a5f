import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaperBroker } from '../adapters/broker/paper/client.ts';
import { paperBroker } from '../adapters/broker/paper/client.ts';
import type { PaperProcess } from '../adapters/broker/paper/start.ts';
import { startPaperBroker } from '../adapters/broker/paper/start.ts';
import { costsOf } from '../bot/advice/costs.ts';
import { proposalHash } from '../bot/advice/proposal.ts';
import { propose } from '../bot/advice/propose.ts';
import type { Proposal } from '../bot/advice/types.ts';
import type { Source } from '../bot/event.ts';
import type { BrokerageDeps } from '../bot/jobs/settle.ts';
import { toUnits } from '../bot/money.ts';
import type { Quote } from '../bot/ports.ts';
import type { Person, Scope, Store } from '../bot/store.ts';
import { freshStore, quiet } from './store.ts';

const DAY = 86_400_000;
export const pricedOn = 20_000;

/** Real parts around one confirmed proposal: a real store, the real broker process, a clock that stands. */
export interface TradingFloor {
  readonly store: Store;
  /** Patient: for what a test itself asks of the broker. */
  readonly broker: PaperBroker;
  readonly server: PaperProcess;
  readonly deps: BrokerageDeps;
  readonly clock: { now(): number; at: number };
  readonly quotes: ReadonlyMap<string, Quote>;
  /** A new person who holds 100 AGG, 10 GLD and $4,000, owed to the broker but not settled. */
  person(): Promise<Person>;
  /** Their confirmed proposal: sell AGG and GLD, buy SPY and BTC. */
  confirmed(person: Person): Promise<Proposal>;
  close(): Promise<void>;
}

export const quotes: ReadonlyMap<string, Quote> = new Map(
  Object.entries({ SPY: 412.37, AGG: 98.11, GLD: 231.91, 'BTC-USD': 64_123.99 }).map(
    ([asset, price]) => [asset, { asset, price, day: pricedOn, source: 'test' }],
  ),
);

export const targetWeights: ReadonlyMap<string, number> = new Map([
  ['SPY', 0.6],
  ['AGG', 0.3],
  ['BTC-USD', 0.05],
  ['CASH', 0.05],
]);

/** How long the client waits for the broker; faults are measured against it. */
export const BROKER_TIMEOUT_MS = 1_000;

export async function openTradingFloor(kind: 'pglite' | 'postgres'): Promise<TradingFloor> {
  const folder = mkdtempSync(join(tmpdir(), 'keel-floor-'));
  const store = await freshStore(kind);
  const clock = { at: pricedOn * DAY + 60_000, now: () => clock.at };
  const server = await startPaperBroker({
    file: join(folder, 'paper.db'),
    log: quiet,
    control: true,
    now: clock.at,
  });
  const broker = paperBroker(() => server.endpoint(), { timeoutMs: 20_000 });
  const hasty = paperBroker(() => server.endpoint(), { timeoutMs: BROKER_TIMEOUT_MS });
  await broker.feed([...quotes.values()]);
  let serial = 0;

  async function person(): Promise<Person> {
    const identity = `person-${++serial}`;
    const source: Source = { platform: 'web', installation: 'i', conversation: identity, identity };
    return store.transact(async (tx) => {
      const found = await tx.people.resolve(source, 'en', clock.at);
      await declare(tx, found, clock.at);
      return found;
    });
  }

  async function confirmed(owner: Person): Promise<Proposal> {
    const holdings = await store.read.ledger.holdings(owner);
    const policy = { maxPriceAgeDays: 5, minimumTradeMinor: 25_00 };
    const plan = propose({ targetWeights, holdings, quotes, policy, costsOf, now: clock.at });
    const id = `proposal-${owner.person}`;
    const recommendationId = `recommendation-${owner.person}`;
    const identity = `person-${serial}`;
    const proposal: Proposal = {
      id,
      workspace: owner.workspace,
      person: owner.person,
      recommendationId,
      version: 2,
      hash: proposalHash(plan.legs, plan.pricedOn),
      state: 'confirmed',
      legs: plan.legs,
      pricedOn: plan.pricedOn,
      createdAt: clock.at,
      expiresAt: clock.at + 900_000,
      confirmedBy: owner.person,
      reason: null,
      source: { platform: 'web', installation: 'i', conversation: identity, identity },
      messageKey: `message-${owner.person}`,
    };
    await store.transact(async (tx) => {
      await tx.recommendations.put({
        id: recommendationId,
        workspace: owner.workspace,
        person: owner.person,
        createdAt: clock.at,
        engineVersion: 'test',
        seed: 1,
        inputsHash: 'none',
        panelHash: 'none',
        policy: '{}',
        result: '{}',
        drivers: '[]',
      });
      await tx.proposals.insert(proposal);
    });
    return proposal;
  }

  return {
    store,
    broker,
    server,
    clock,
    quotes,
    deps: { store, broker: hasty, clock, log: quiet },
    person,
    confirmed,
    close: async () => {
      await store.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const declared = [
  { asset: 'AGG', units: toUnits(100), cashMinor: 0n },
  { asset: 'GLD', units: toUnits(10), cashMinor: 0n },
  { asset: null, units: 0n, cashMinor: 400_000n },
] as const;

async function declare(
  tx: Parameters<Parameters<Store['transact']>[0]>[0],
  scope: Scope,
  at: number,
): Promise<void> {
  for (const { asset, units, cashMinor } of declared) {
    const id = `declared:${scope.person}:${asset ?? 'cash'}`;
    await tx.ledger.append(scope, [
      {
        id,
        at,
        kind: 'declared',
        asset,
        units,
        cashMinor,
        costMinor: 0n,
        currency: 'USD',
        reference: id,
      },
    ]);
    const { workspace, person } = scope;
    await tx.transfers.owe({ id, workspace, person, asset, units, cashMinor, currency: 'USD' });
  }
}
