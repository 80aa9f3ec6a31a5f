import assert from 'node:assert/strict';
import type { Proposal } from '../bot/advice/types.ts';
import type { RandomSource } from '../engine/random.ts';
import { assertDoneOnce, assertSound, cashAfter, each, factsOf } from './facts.ts';
import type { Kill } from './kills.ts';
import type { Delivery } from './person.ts';
import type { Stage } from './stage.ts';

const changes = ['5,000 cash', '20 SPY', '40 AGG', '8,000 cash', '0.1 BTC', '12 GLD', '30 EFA'];

/** A proposal to confirm: the person tells of something new that they hold and asks for trades. */
export async function offer(stage: Stage, random: RandomSource): Promise<Proposal> {
  const { person } = stage;
  await person.say(`/holdings add ${changes[random.integer(changes.length)]}`);
  await person.press('Yes');
  await person.say('/rebalance');
  const proposal = await stage.openProposal();
  assert.ok(proposal.legs.length >= 2, 'a proposal of one leg shows nothing');
  return proposal;
}

/** One confirmation, cut short by a kill at the round's point, then taken up by a new process. */
export async function killRound(
  stage: Stage,
  { points }: Kill,
  round: number,
  random: RandomSource,
): Promise<void> {
  const point = points[round % points.length];
  const proposal = await offer(stage, random);
  // Not the last leg, so that something is left to do whatever the point.
  const at = { proposal, leg: random.integer(proposal.legs.length - 1) };
  const cash = await cashAfter(stage, proposal);
  try {
    const confirm = await stage.person.button('Confirm');
    const trap = await point.arm(stage, at);
    const heard = stage.person.send(confirm);
    await trap.reached;
    await stage.kill();
    await trap.undo();
    const dead = point.dead(at);
    if (point.unacknowledged) assert.equal(await heard, 'cut off');
    const facts = await factsOf(stage, proposal, confirm.id);
    const seen = Object.fromEntries(Object.entries(facts).filter(([name]) => name in dead));
    assert.deepEqual(seen, dead, 'while it was dead');
    await stage.start();
    await settle(stage, proposal, confirm, cash);
    const { submits } = await factsOf(stage, proposal, confirm.id);
    assert.deepEqual(submits, each(proposal, 1), 'calls to the broker');
  } catch (error) {
    throw new Error(`Point "${point.name}", proposal ${proposal.id}, leg ${at.leg}`, {
      cause: error,
    });
  }
}

/** The person's page sends again what may be lost; in the end all is done, once. */
export async function settle(
  stage: Stage,
  proposal: Proposal,
  confirm: Delivery,
  cash: bigint,
): Promise<void> {
  await stage.person.insist(confirm);
  await stage.until('everything has ended', async () => {
    const [{ open }] = await stage.sql(
      `select (select count(*)::int from inbox where done_at is null and parked_at is null)
         + (select count(*)::int from outbox where sent_at is null and not dead)
         + (select count(*)::int from proposals where id = $1 and state not in
             ('filled', 'failed', 'cancelled', 'expired', 'superseded', 'declined')) as open`,
      [proposal.id],
    );
    return open === 0;
  });
  assertDoneOnce(await factsOf(stage, proposal, confirm.id), proposal);
  await assertSound(stage);
  const holdings = await stage.store.read.ledger.holdings(stage.scope);
  assert.equal(holdings.cash.minor, cash, 'cash is not what the proposal said');
}
