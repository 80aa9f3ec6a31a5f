import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pricePanel } from '../../engine/panel.ts';
import type { TradingFloor } from '../../fakes/trading.ts';
import { openTradingFloor, pricedOn, targetWeights } from '../../fakes/trading.ts';
import type { Recommendation } from '../advice/types.ts';
import { Conflict, Refusal } from '../errors.ts';
import { executeJob } from '../jobs/execute.ts';
import { reconcile } from '../jobs/reconcile.ts';
import type { MarketView, Quote } from '../ports.ts';
import type { Act, Draft } from '../reply.ts';
import type { Person } from '../store.ts';
import { policies } from '../suitability/policy.ts';
import type { Context, Outcome } from './command.ts';
import type { LatestAdvice } from './rebalance.ts';
import { rebalanceCommand } from './rebalance.ts';
import { rebalanceActs } from './rebalance-acts.ts';

let floor: TradingFloor;
let person: Person;
let quotes: Map<string, Quote>;
beforeAll(async () => {
  floor = await openTradingFloor('postgres');
});
afterAll(() => floor.close());
beforeEach(async () => {
  person = await floor.person();
  quotes = new Map(floor.quotes);
  await floor.store.transact((tx) => tx.recommendations.put(recommendation()));
});

const recommendation = (): Recommendation => ({
  id: `advice-${person.person}`,
  workspace: person.workspace,
  person: person.person,
  createdAt: floor.clock.at,
  engineVersion: 'test',
  seed: 1,
  inputsHash: 'none',
  panelHash: 'none',
  policy: '{}',
  result: '{}',
  drivers: '[]',
});

const market: Omit<MarketView, 'quotes'> = {
  source: 'test',
  simulated: false,
  panel: pricePanel(['SPY'], Int32Array.of(pricedOn), Float64Array.of(412.37)),
  panelHash: 'none',
  rule: '',
  missing: [],
};

let targets: ReadonlyMap<string, number> | null = targetWeights;
const latest: LatestAdvice = async () =>
  targets && {
    recommendation: recommendation(),
    targetWeights: targets,
    policy: policies.balanced,
  };
const command = rebalanceCommand(latest);
const acts = rebalanceActs(latest);

function contextAt(now: number, act: Act | null): Context {
  const identity = person.person;
  const source = { platform: 'web', installation: 'i', conversation: identity, identity };
  return {
    event: {
      id: 'e',
      source,
      surface: 'direct',
      locale: 'en',
      at: now,
      body: { kind: 'command', name: 'rebalance', args: '' },
    },
    person,
    conversation: `web:i:${identity}`,
    now,
    read: floor.store.read,
    market: async () => ({ ...market, quotes }),
    compute: {
      run: async () => {
        throw new Error('A rebalance needs no long work.');
      },
    },
    newId: () => randomBytes(16).toString('hex'),
    keyedHash: (text) => `hash of ${text}`,
    dialogue: null,
    button: act && {
      workspace: person.workspace,
      person: person.person,
      id: 'b',
      conversation: `web:i:${identity}`,
      messageKey: 'm',
      kind: 'choice',
      form: null,
      initial: null,
      act,
      usedAt: null,
      usedBy: null,
    },
    progress: async () => {},
  };
}

/** What the bot does with an outcome: its commit, and the replies that come of it. */
async function carryOut(outcome: Outcome): Promise<readonly Draft[]> {
  return floor.store.transact(async (tx) => (await outcome.commit?.(tx)) ?? outcome.replies);
}

async function offer(now = floor.clock.at): Promise<Draft> {
  const [draft] = await carryOut(await command.run(contextAt(now, null), ''));
  return draft;
}

function actOf(draft: Draft, name: string): Act {
  const found = draft.actions.find((each) => each.kind === 'choice' && each.do.name === name);
  if (found?.kind !== 'choice') throw new Error(`There is no button for ${name}.`);
  return found.do;
}

async function press(act: Act, now = floor.clock.at): Promise<Draft> {
  const handler = acts[act.name as keyof typeof acts];
  const [draft] = await carryOut(await handler(contextAt(now, act), act.args));
  return draft;
}

const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? `${error.code}: ${error.message}` : String(error);
};
const textOf = (draft: Draft) => JSON.stringify(draft.blocks);
/** The proposal that is not history: at most one is. */
const newest = async () => {
  const all = await floor.store.read.proposals.list(person, 5);
  const over = ['expired', 'superseded'];
  return all.filter((each) => !over.includes(each.state))[0];
};

test('the proposal shows trades, cost and what is left, and can be confirmed for 15 minutes', async () => {
  const draft = await offer();
  const text = textOf(draft);
  expect(text).toContain('Sell GLD');
  expect(text).toContain('Buy SPY');
  expect(text).toMatch(/"Estimated cost","value":"\$\d+\.\d\d \(/);
  expect(text).toContain('Nothing is traded until you press Confirm, within 15 minutes.');
  const act = actOf(draft, 'confirm-proposal');
  const proposal = await newest();
  expect(act).toMatchObject({
    once: true,
    expiresAt: floor.clock.at + 900_000,
    proposal: { id: proposal.id, version: 1, hash: proposal.hash },
  });
  expect(draft.visibility).toBe('private');
});

test('confirming sends the job that fills it, and the message loses its buttons', async () => {
  const draft = await offer();
  const said = await press(actOf(draft, 'confirm-proposal'));
  expect(said).toMatchObject({ replaces: draft.key, actions: [] });
  expect(textOf(said)).toContain('You confirmed this on');
  expect(await newest()).toMatchObject({ state: 'confirmed', confirmedBy: person.person });
  const { id } = await newest();
  const done = Promise.withResolvers<void>();
  const execute = executeJob(floor.deps);
  await floor.store.work('execute', async (data) => {
    await execute(data);
    if (data.proposal === id) done.resolve();
  });
  await done.promise;
  expect((await newest()).state).toBe('filled');
  expect(await reconcile(floor.deps, person)).toEqual([]);
});

test('9: of two confirmations at once one wins, and the other hears that it was confirmed', async () => {
  const act = actOf(await offer(), 'confirm-proposal');
  const handler = acts['confirm-proposal'];
  const both = await Promise.all([1, 2].map(() => handler(contextAt(floor.clock.at, act), {})));
  const settled = await Promise.allSettled(both.map(carryOut));
  expect(settled.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  const lost = settled.find((each) => each.status === 'rejected');
  expect(lost?.reason).toBeInstanceOf(Conflict);
  expect(await refusalOf(press(act))).toMatch(/^used: That was already confirmed/);
  expect((await newest()).version).toBeGreaterThanOrEqual(2);
});

test('11: an expired button is refused and a fresh proposal takes its place', async () => {
  const first = await offer();
  const old = await newest();
  const said = await press(actOf(first, 'confirm-proposal'), floor.clock.at + 900_001);
  expect(textOf(said)).toContain('That proposal has expired. Here is a fresh proposal');
  expect(said.replaces).toBe(first.key);
  expect((await floor.store.read.proposals.get(person, old.id))?.state).toBe('expired');
  expect(await newest()).toMatchObject({ state: 'proposed' });
  expect((await newest()).id).not.toBe(old.id);
});

test('8: the button of a proposal that was replaced offers a fresh one and confirms nothing', async () => {
  const first = await offer();
  await offer(floor.clock.at + 1);
  const said = await press(actOf(first, 'confirm-proposal'), floor.clock.at + 2);
  expect(textOf(said)).toContain('Something newer took the place of that proposal.');
  const all = await floor.store.read.proposals.list(person, 5);
  expect(all.map((each) => each.state).sort()).toEqual(['proposed', 'superseded', 'superseded']);
});

test('41: a price that moved by more than 1 % since it was shown has to be confirmed again', async () => {
  const act = actOf(await offer(), 'confirm-proposal');
  quotes.set('SPY', { asset: 'SPY', price: 412.37 * 1.011, day: pricedOn, source: 'test' });
  const said = await press(act);
  expect(textOf(said)).toContain('The price of SPY has moved by more than 1 %.');
  expect((await newest()).legs.find((leg) => leg.asset === 'SPY')?.price).toBe(412.37 * 1.011);
  quotes.set('SPY', { asset: 'SPY', price: 412.37 * 1.015, day: pricedOn, source: 'test' });
  expect(textOf(await press(actOf(said, 'confirm-proposal')))).toContain('You confirmed this');
});

test('37, 38: stale and missing prices are refused with their age or name', async () => {
  const week = floor.clock.at + 7 * 86_400_000;
  expect(await refusalOf(offer(week))).toMatch(/^stale-price: .* 7 days ago/);
  quotes.set('GLD', { asset: 'GLD', price: Number.NaN, day: pricedOn, source: 'test' });
  expect(await refusalOf(offer())).toContain('missing-price: I have no usable price of GLD');
  expect(await newest()).toBeUndefined();
});

test('holdings that changed after the proposal have to be proposed on again', async () => {
  const act = actOf(await offer(), 'confirm-proposal');
  const gone = { asset: 'GLD', units: -1_000_000_000n, cashMinor: 0n, costMinor: 0n };
  await floor.store.transact((tx) =>
    tx.ledger.append(person, [
      {
        id: `gone-${person.person}`,
        at: 0,
        kind: 'declared',
        currency: 'USD',
        reference: 'r',
        ...gone,
      },
    ]),
  );
  expect(textOf(await press(act))).toContain('Your holdings have changed.');
});

test('a cancelled proposal says so and can neither be confirmed nor cancelled again', async () => {
  const draft = await offer();
  const said = await press(actOf(draft, 'cancel-proposal'));
  expect(said).toMatchObject({ replaces: draft.key, actions: [] });
  expect(textOf(said)).toContain('Nothing was traded.');
  expect(await refusalOf(press(actOf(draft, 'confirm-proposal')))).toContain('was cancelled');
  expect(await refusalOf(press(actOf(draft, 'cancel-proposal')))).toContain('was cancelled');
});

test('while one is being carried out no other is proposed', async () => {
  await floor.confirmed(person);
  expect(await refusalOf(offer())).toMatch(/^trading: Your last rebalance is still/);
});

test('without advice it offers to give some, and at the target there is nothing to trade', async () => {
  targets = null;
  expect(textOf(await offer())).toContain('I have not recommended anything to you yet');
  // 100 AGG at 98.11, 10 GLD at 231.91 and $4,000 are worth $16,130.10.
  targets = new Map([
    ['CASH', 4_000 / 16_130.1],
    ['AGG', 9_811 / 16_130.1],
    ['GLD', 2_319.1 / 16_130.1],
  ]);
  const draft = await offer();
  targets = targetWeights;
  expect(textOf(draft)).toContain('no trade of $25.00 or more is needed');
});
