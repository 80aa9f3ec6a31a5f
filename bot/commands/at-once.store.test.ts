import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pricePanel } from '../../engine/panel.ts';
import { recommendationOf } from '../../fakes/store-samples.ts';
import {
  openTradingFloor,
  pricedOn,
  type TradingFloor,
  targetWeights,
} from '../../fakes/trading.ts';
import type { Proposal } from '../advice/types.ts';
import { declare } from '../dialogue/declare.ts';
import { portfolioOf } from '../dialogue/portfolio-edit.ts';
import { Conflict, Refusal } from '../errors.ts';
import type { Act } from '../reply.ts';
import type { Person } from '../store.ts';
import { policies } from '../suitability/policy.ts';
import { noWishes } from '../wishes.ts';
import type { Context, Outcome } from './command.ts';
import { forgetActs } from './forget.ts';
import { type LatestAdvice, rebalanceCommand } from './rebalance.ts';
import { rebalanceActs } from './rebalance-acts.ts';
import { wishActs } from './wish-acts.ts';

/** One person in two conversations, or at two processes: their transactions overlap. */

let floor: TradingFloor;
let person: Person;
beforeAll(async () => {
  floor = await openTradingFloor('postgres');
});
afterAll(() => floor.close());
beforeEach(async () => {
  person = await floor.person();
  await floor.store.transact((tx) => tx.recommendations.put(advice()));
});

const advice = () => recommendationOf(person, `advice-${person.person}`);
const latest: LatestAdvice = async () => ({
  recommendation: advice(),
  targetWeights,
  policy: policies.balanced,
});

function contextFor(act: Act | null = null): Context {
  const conversation = randomBytes(4).toString('hex');
  const source = { platform: 'web', installation: 'i', conversation, identity: 'someone' };
  const now = floor.clock.at;
  const body = { kind: 'text', text: '' } as const;
  return {
    event: { id: 'e', source, surface: 'direct', locale: 'en', at: now, body },
    person,
    conversation,
    now,
    read: floor.store.read,
    market: async () => ({
      source: 'test',
      simulated: false,
      panel: pricePanel(['SPY'], Int32Array.of(pricedOn), Float64Array.of(412.37)),
      panelHash: 'none',
      quotes: floor.quotes,
      rule: '',
      missing: [],
    }),
    compute: { run: () => Promise.reject(new Error('Nothing here needs long work.')) },
    newId: () => randomBytes(16).toString('hex'),
    keyedHash: (text) => `hash of ${text}`,
    dialogue: null,
    button: act && {
      ...{ workspace: person.workspace, person: person.person, id: 'b', conversation },
      ...{ messageKey: 'm', kind: 'choice', form: null, initial: null, act },
      ...{ usedAt: null, usedBy: null },
    },
    progress: async () => undefined,
  };
}

/** Commits the first and, while its transaction is still open, the second. */
async function overlap(first: Outcome, second: Outcome): Promise<readonly string[]> {
  const begun = Promise.withResolvers<void>();
  const other = begun.promise.then(() => floor.store.transact(async (tx) => second.commit!(tx)));
  const one = floor.store.transact(async (tx) => {
    await first.commit!(tx);
    begun.resolve();
    // The second has ended, or waits for this transaction to end.
    await Promise.race([other.catch(() => undefined), pause(300)]);
  });
  const ends = await Promise.allSettled([one, other]);
  return ends.map((end) => {
    if (end.status === 'fulfilled') return 'done';
    const { reason } = end;
    if (reason instanceof Conflict) return 'conflict';
    if (reason instanceof Refusal) return `refused: ${reason.code}`;
    throw reason;
  });
}

const offered = () => rebalanceCommand(latest).run(contextFor(), '');

async function openProposal(): Promise<Proposal> {
  const outcome = await offered();
  await floor.store.transact(async (tx) => outcome.commit!(tx));
  const [newest] = await floor.store.read.proposals.list(person, 1);
  return newest;
}

function confirming({ id, version, hash }: Proposal): Promise<Outcome> {
  const act: Act = {
    ...{ name: 'confirm-proposal', args: {}, once: true, expiresAt: floor.clock.at + 1_000 },
    proposal: { id, version, hash },
  };
  return rebalanceActs(latest)['confirm-proposal'](contextFor(act), {});
}

const states = async () =>
  (await floor.store.read.proposals.list(person, 9)).map(({ state }) => state).sort();

test('two proposals made at once leave one that can be confirmed', async () => {
  const [first, second] = [await offered(), await offered()];
  expect(await overlap(first, second)).toEqual(['done', 'done']);
  expect(await states()).toEqual(['proposed', 'superseded']);
});

test('two proposals of one person are never both confirmed', async () => {
  const shown = await openProposal();
  const twin: Proposal = { ...shown, id: randomBytes(16).toString('hex') };
  await floor.store.transact((tx) => tx.proposals.insert(twin));
  const [first, second] = [await confirming(shown), await confirming(twin)];
  expect(await overlap(first, second)).toEqual(['done', 'refused: trading']);
  expect(await states()).toEqual(['confirmed', 'proposed']);
});

test('holdings declared while a proposal is being confirmed do not count', async () => {
  const shown = await openProposal();
  const holdings = await floor.store.read.ledger.holdings(person);
  const portfolio = { ...portfolioOf(holdings), cashMinor: 100n };
  const [confirmed, declared] = [
    await confirming(shown),
    await declare(contextFor(), holdings, portfolio),
  ];
  expect(await overlap(confirmed, declared)).toEqual(['done', 'conflict']);
  expect((await floor.store.read.ledger.holdings(person)).version).toBe(holdings.version);
});

test('nobody is forgotten while a proposal of theirs is being confirmed', async () => {
  const shown = await openProposal();
  const act: Act = { name: 'forget', args: { key: 'k' }, once: true, expiresAt: floor.clock.at };
  const [confirmed, forgotten] = [
    await confirming(shown),
    await forgetActs.forget(contextFor(act), act.args),
  ];
  expect(await overlap(confirmed, forgotten)).toEqual(['done', 'refused: trading']);
  expect(await states()).toEqual(['confirmed']);
});

test('wishes changed in two chats at once do not overwrite each other', async () => {
  const wish = (way: string): Promise<Outcome> =>
    wishActs['wishes-undo'](contextFor(), {
      wishes: JSON.stringify({ ...noWishes, way }),
      key: 'k',
    });
  const [first, second] = [await wish('equal-risk'), await wish('least-risk')];
  expect(await overlap(first, second)).toEqual(['done', 'conflict']);
  expect(await floor.store.read.wishes.current(person)).toMatchObject({
    wishes: { way: 'equal-risk' },
    revision: 1,
  });
});
