import { setTimeout as pause } from 'node:timers/promises';
import { transcript } from '../demo/transcript.ts';
import { seededChance } from '../fakes/seeded-chance.ts';
import {
  type ChatPerson,
  type ChatStage,
  chatStage,
  type Delivery,
  type OpenPlatform,
} from './chat-stage.ts';
import { actOf } from './delivering.ts';
import { rowsOf } from './rows.ts';
import { settled } from './settled.ts';

export interface SwapsOutcome {
  readonly swaps: number;
  readonly seed: number;
  readonly violations: readonly string[];
}

const commands = [
  '/goal',
  '/holdings',
  '/portfolio',
  '/rebalance',
  '/profile',
  '/recommend',
  'keep what I have',
  '3 GLD',
  'cancel',
];

/**
 * One person whose acts arrive in the wrong order: pairs of words and buttons, the later first, also
 * around a trade: it is called off before it is confirmed, and confirmed twice. The state stays valid,
 * nothing is done twice, and each act is answered.
 */
export async function run(open: OpenPlatform, short: boolean, seed: number): Promise<SwapsOutcome> {
  const chance = seededChance(seed);
  const swaps = short ? 12 : 120;
  const stage = await chatStage(open);
  try {
    const person = stage.platform.person(0);
    const confirms = transcript.findIndex((turn) => 'press' in turn && turn.press === 'Confirm');
    for (const turn of transcript.slice(0, confirms)) {
      const delivery = await actOf(person, turn);
      if (delivery !== null) await arrive(stage, delivery);
    }
    const [called, off] = [person.pressed('Confirm'), person.pressed('Cancel')];
    await arrive(stage, off);
    await arrive(stage, called);
    await arrive(stage, person.said('/rebalance'));
    const [one, same] = [person.pressed('Confirm'), person.pressed('Confirm')];
    await arrive(stage, same);
    await arrive(stage, one);
    await traded(person);
    for (let swap = 0; swap < swaps; swap++) {
      const first = anyAct(person, chance);
      const second = anyAct(person, chance);
      await arrive(stage, second);
      await arrive(stage, first);
    }
    const violations = [...stage.platform.violations(), ...(await unsound(stage))];
    await stage.stop();
    return { swaps, seed, violations: [...violations, ...twice(await rowsOf(stage.home))] };
  } finally {
    await stage.clear();
  }
}

/** Waits for the fills. */
async function traded(person: ChatPerson): Promise<void> {
  for (let tries = 0; tries < 3_000; tries++) {
    if (person.standing().some(({ words }) => words.includes('Done: your portfolio'))) return;
    await pause(20);
  }
  throw new Error('The trades were never done.');
}

async function arrive(stage: ChatStage, delivery: Delivery): Promise<void> {
  await delivery.post();
  await settled(stage.keel());
}

/** A command, or any button that stands anywhere in the chat, however old, but not the last word. */
function anyAct(person: ChatPerson, chance: () => number): Delivery {
  const labels = person
    .standing()
    .flatMap((message) => message.labels)
    .filter((label) => !/erase|forget/i.test(label));
  if (labels.length === 0 || chance() < 0.4) {
    return person.said(commands[Math.floor(chance() * commands.length)]);
  }
  return person.pressed(labels[Math.floor(chance() * labels.length)]);
}

async function unsound({ keel }: ChatStage): Promise<string[]> {
  const { store } = keel();
  const found: string[] = [];
  for (const workspace of await store.read.audit.workspaces()) {
    const { brokenAt } = await store.read.audit.verify(workspace);
    if (brokenAt !== null) found.push(`the audit chain is broken at ${brokenAt}`);
  }
  for (const { id } of await store.read.inbox.parked()) found.push(`event ${id} was parked`);
  return found;
}

/** Confirmations and fills counted more than once or not at all, and events that nobody answered. */
function twice(rows: ReadonlyMap<string, readonly string[]>): string[] {
  const parsed = (table: string) =>
    (rows.get(table) ?? []).map((row) => JSON.parse(row) as Record<string, unknown>);
  const found: string[] = [];
  const count = (table: string, meant: (row: Record<string, unknown>) => boolean) =>
    parsed(table).filter(meant).length;
  const confirmed = count('proposals', ({ confirmed_by }) => confirmed_by !== null);
  const audited = count('audit_rows', ({ kind }) => kind === 'proposal-confirmed');
  if (confirmed === 0) found.push('nothing was confirmed, so nothing was tried');
  if (confirmed !== audited) found.push(`${confirmed} proposals, confirmed ${audited} times`);
  const fills = count('fills', () => true);
  const booked = count('ledger_entries', ({ kind }) => kind === 'fill');
  if (fills === 0 || fills !== booked) found.push(`${fills} fills, booked ${booked} times`);
  const answered = new Set(parsed('outbox').map(({ inbox_id }) => inbox_id));
  for (const { id, done_at } of parsed('inbox')) {
    if (done_at === null) found.push(`event ${String(id)} is still open`);
    if (!answered.has(id)) found.push(`event ${String(id)} was not answered`);
  }
  return found;
}
