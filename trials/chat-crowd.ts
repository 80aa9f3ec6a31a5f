import { seededChance } from '../fakes/seeded-chance.ts';
import { type ChatStage, chatStage, type Delivery, type OpenPlatform } from './chat-stage.ts';
import { differences } from './compare-rows.ts';
import { talks } from './crowd-talks.ts';
import { actOf, deliverAtOnce, shuffled } from './delivering.ts';
import { rowsOf } from './rows.ts';

export interface CrowdOutcome {
  readonly people: number;
  readonly deliveries: number;
  /** Deliveries that had been made before. */
  readonly repeated: number;
  readonly restarts: number;
  readonly seed: number;
  readonly violations: readonly string[];
}

/** Acts that are on their way at once. */
const atOnce = 12;
/** Of what is delivered, so much has been delivered before. */
const again = 0.25;

/**
 * Many people talk at once, over deliveries that come twice, late and unacknowledged, while Keel is
 * restarted again and again. Every row must be as if each had talked once, alone and undisturbed, and
 * each must see what somebody who did sees.
 *
 * @param people a multiple of the number of talks
 */
export async function run(open: OpenPlatform, people: number, seed: number): Promise<CrowdOutcome> {
  if (people % talks.length !== 0) throw new Error(`${people} is no multiple of ${talks.length}.`);
  const clean = await play(open, talks.length, 0, null);
  const crowd = await play(open, people, people < 100 ? 1 : 4, seed);
  const { deliveries, repeated, restarts } = crowd;
  const strays = crowd.seen.flatMap((seen, at) =>
    seen === clean.seen[at % talks.length] ? [] : [`person ${at} sees something else in the end`],
  );
  const violations = [
    ...clean.violations,
    ...crowd.violations,
    ...differences(clean.rows, crowd.rows, people / talks.length),
    ...strays,
  ];
  return { people, deliveries, repeated, restarts, seed, violations };
}

async function play(open: OpenPlatform, people: number, restarts: number, seed: number | null) {
  const stage = await chatStage(open);
  try {
    if (seed !== null) stage.platform.disturb(seed);
    return await deliverCrowd(stage, people, restarts, seed);
  } finally {
    await stage.clear();
  }
}

async function deliverCrowd(
  stage: ChatStage,
  people: number,
  restarts: number,
  seed: number | null,
) {
  const chance = seededChance(seed ?? 0);
  const crowd = Array.from({ length: people }, (_, at) => ({
    person: stage.platform.person(at),
    turns: talks[at % talks.length],
    next: 0,
  }));
  const total = crowd.reduce((sum, { turns }) => sum + turns.length, 0);
  const past: Delivery[] = [];
  const counted = { deliveries: 0, repeated: 0, restarts: 0, done: 0 };
  let talking = crowd;
  while (talking.length > 0) {
    const fresh: Delivery[] = [];
    for (const one of shuffled(talking, chance).slice(0, atOnce)) {
      const act = await actOf(one.person, one.turns[one.next]);
      one.next += 1;
      counted.done += 1;
      if (act !== null) fresh.push(act);
    }
    const repeats = seed === null || past.length === 0 ? 0 : Math.ceil(fresh.length * again);
    const old = Array.from({ length: repeats }, () => past[Math.floor(chance() * past.length)]);
    past.push(...fresh);
    const restart =
      counted.restarts < restarts && counted.done * (restarts + 1) > total * (counted.restarts + 1);
    if (restart) counted.restarts += 1;
    counted.deliveries += fresh.length + old.length;
    counted.repeated += old.length;
    await deliverAtOnce(stage, shuffled([...fresh, ...old], chance), restart);
    // Nobody types so fast: platforms allow so many messages a minute.
    stage.platform.leap(60_000);
    talking = crowd.filter(({ turns, next }) => next < turns.length);
  }
  const parked = await stage.keel().store.read.inbox.parked();
  const violations = [
    ...stage.platform.violations(),
    ...parked.map(({ id }) => `event ${id} was parked`),
  ];
  await stage.stop();
  const rows = await rowsOf(stage.home);
  const seen = crowd.map(({ person }) =>
    JSON.stringify(person.standing().map(({ words, labels }) => [words, labels])),
  );
  return { rows, seen, violations, ...counted };
}
