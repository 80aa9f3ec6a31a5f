import { transcript } from '../demo/transcript.ts';
import { seededChance } from '../fakes/seeded-chance.ts';
import { type ChatStage, chatStage, type Delivery, type OpenPlatform } from './chat-stage.ts';
import { differences } from './compare-rows.ts';
import { actOf, deliverAtOnce, shuffled } from './delivering.ts';
import { rowsOf } from './rows.ts';

export interface DeliveriesOutcome {
  readonly deliveries: number;
  readonly people: number;
  readonly restarts: number;
  readonly seed: number;
  readonly violations: readonly string[];
}

/**
 * Delivers a conversation of several people with random duplicates, restarts and swaps across
 * conversations, and compares every row with one clean delivery to one person.
 */
export async function run(
  open: OpenPlatform,
  short: boolean,
  seed: number,
): Promise<DeliveriesOutcome> {
  const people = short ? 2 : 12;
  const least = short ? 120 : 1_000;
  const clean = await play(open, 1, 0, 0, null);
  const noisy = await play(open, people, short ? 1 : 8, least, seed);
  const violations = [
    ...clean.violations,
    ...noisy.violations,
    ...differences(clean.rows, noisy.rows, people),
  ];
  return { deliveries: noisy.deliveries, people, restarts: noisy.restarts, seed, violations };
}

async function play(
  open: OpenPlatform,
  people: number,
  restarts: number,
  least: number,
  seed: number | null,
) {
  const stage = await chatStage(open);
  try {
    if (seed !== null) stage.platform.disturb(seed);
    const chance = seed === null ? () => 0.5 : seededChance(seed);
    return await deliverAll(stage, people, restarts, least, chance);
  } finally {
    await stage.clear();
  }
}

async function deliverAll(
  stage: ChatStage,
  people: number,
  restarts: number,
  least: number,
  chance: () => number,
) {
  const crowd = Array.from({ length: people }, (_, at) => ({
    person: stage.platform.person(at),
    next: 0,
  }));
  const past: Delivery[] = [];
  let deliveries = 0;
  let restarted = 0;
  const total = people * transcript.length;
  const doneTurns = () => crowd.reduce((sum, { next }) => sum + next, 0);
  while (crowd.some(({ next }) => next < transcript.length)) {
    const movers = crowd.filter(
      ({ next }) => next < transcript.length && (people === 1 || chance() < 0.7),
    );
    const fresh: Delivery[] = [];
    for (const mover of movers) {
      const delivery = await actOf(mover.person, transcript[mover.next]);
      mover.next += 1;
      if (delivery !== null) fresh.push(delivery);
    }
    past.push(...fresh);
    const wanted =
      Math.ceil((least * Math.max(1, doneTurns())) / total) - deliveries - fresh.length;
    // Nothing can be repeated before the first delivery.
    const again = Array.from(
      { length: past.length === 0 ? 0 : Math.max(0, wanted) },
      () => past[Math.floor(chance() * past.length)],
    );
    const batch = shuffled([...fresh, ...again], chance);
    const restart = restarted < restarts && doneTurns() * (restarts + 1) > total * (restarted + 1);
    if (restart) restarted += 1;
    deliveries += batch.length;
    await deliverAtOnce(stage, batch, restart);
  }
  const parked = await stage.keel().store.read.inbox.parked();
  await stage.stop();
  return {
    rows: await rowsOf(stage.home),
    deliveries,
    restarts: restarted,
    violations: [
      ...stage.platform.violations(),
      ...parked.map(({ id }) => `event ${id} was parked`),
    ],
  };
}
