import { setTimeout as pause } from 'node:timers/promises';
import { type Turn, transcript } from '../demo/transcript.ts';
import { seededChance } from './chance.ts';
import {
  type ChatPerson,
  type ChatStage,
  chatStage,
  type Delivery,
  type OpenPlatform,
} from './chat-stage.ts';
import { rowsOf } from './rows.ts';
import { settled } from './settled.ts';

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
  const chance = seededChance(seed);
  const people = short ? 2 : 12;
  const least = short ? 120 : 1_000;
  const clean = await play(open, 1, 0, 0, () => 0.5);
  const noisy = await play(open, people, short ? 1 : 8, least, chance);
  const violations = [...clean.violations, ...noisy.violations];
  for (const [table, rows] of clean.rows) {
    const once = counts(rows.map(unnumbered));
    const many = counts((noisy.rows.get(table) ?? []).map(unnumbered));
    for (const row of new Set([...once.keys(), ...many.keys()])) {
      const expected = (once.get(row) ?? 0) * (shared.has(table) ? 1 : people);
      if (many.get(row) === expected) continue;
      violations.push(
        `${table}: ${many.get(row) ?? 0} rows instead of ${expected}: ${row.slice(0, 300)}`,
      );
    }
  }
  return { deliveries: noisy.deliveries, people, restarts: noisy.restarts, seed, violations };
}

/** Tables whose rows belong to all: one workspace, prices and inputs stored once. */
const shared = new Set(['workspaces', 'artifacts', 'audit_heads']);

async function play(
  open: OpenPlatform,
  people: number,
  restarts: number,
  least: number,
  chance: () => number,
) {
  const stage = await chatStage(open);
  try {
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
  const post = async (delivery: Delivery) => {
    deliveries += 1;
    await delivered(delivery);
  };
  const doneTurns = () => crowd.reduce((sum, { next }) => sum + next, 0);
  while (crowd.some(({ next }) => next < transcript.length)) {
    const movers = crowd.filter(
      ({ next }) => next < transcript.length && (people === 1 || chance() < 0.7),
    );
    const fresh: Delivery[] = [];
    for (const mover of movers) {
      const delivery = await deliveryOf(mover.person, transcript[mover.next]);
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
    const posting = Promise.all(batch.map(post));
    if (restarted < restarts && doneTurns() * (restarts + 1) > total * (restarted + 1)) {
      restarted += 1;
      await stage.restart();
    }
    await posting;
    await settled(stage.keel());
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

/** As platforms do: again until it is acknowledged. */
async function delivered(delivery: Delivery): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      return await delivery.post();
    } catch {
      await pause(50);
    }
  }
  throw new Error('A delivery was never taken.');
}

async function deliveryOf(person: ChatPerson, turn: Turn): Promise<Delivery | null> {
  if ('say' in turn) return person.said(turn.say);
  if ('press' in turn) return person.pressed(turn.press);
  if ('file' in turn) return person.sentFile(turn.file, Buffer.from(turn.content));
  for (let tries = 0; tries < 3_000; tries++) {
    if (person.standing().some(({ words }) => words.includes(turn.until))) return null;
    await pause(20);
  }
  throw new Error(`Waited in vain for "${turn.until}".`);
}

/** Without what only counts: rows of several people have other numbers. */
function unnumbered(row: string): string {
  const { id, seq, inbox_id, seen, ...rest } = JSON.parse(row) as Record<string, unknown>;
  return JSON.stringify({
    ...rest,
    ...(typeof id === 'string' && id.startsWith('<') ? { id } : {}),
  });
}

function counts(rows: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row, (found.get(row) ?? 0) + 1);
  return found;
}

function shuffled<T>(list: readonly T[], chance: () => number): T[] {
  return list
    .map((item) => ({ item, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
