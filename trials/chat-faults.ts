import { conversationKey } from '../bot/event.ts';
import { createOutbox } from '../bot/outbox.ts';
import type { Destination } from '../bot/ports.ts';
import type { Reply } from '../bot/reply.ts';
import type { Store } from '../bot/store.ts';
import { seededChance } from '../fakes/seeded-chance.ts';
import { freshStore, quiet } from '../fakes/store.ts';
import { createLeapingTimer } from '../fakes/telegram/timer.ts';
import type { Drawn, Faulty, FaultyPlatform } from './faulty-platforms.ts';

export interface FaultsOutcome {
  readonly messages: number;
  /** Requests that were answered with 429, a 5xx, or not at all though carried out. */
  readonly faults: Readonly<Record<NonNullable<Drawn>['kind'], number>>;
  /** Messages that arrived more than once: only where the answer was hidden. */
  readonly extras: number;
  readonly seed: number;
  readonly violations: readonly string[];
}

/**
 * Messages to many people through a platform that answers a third of all requests with 429, 5xx or
 * silence. The real outbox on a real database; time leaps, so nobody waits. Each person gets each
 * message at least once, in order; extras occur only where the fake carried out and hid its answer, and
 * none where the platform knows a message again.
 */
export async function run(
  { open, longestWait, knowsAgain }: Faulty,
  short: boolean,
  seed: number,
): Promise<FaultsOutcome> {
  const people = short ? 10 : 50;
  const each = short ? 6 : 20;
  const timer = createLeapingTimer(1_780_000_000_000);
  const { draw, faults } = drawing(seed, longestWait);
  const platform = await open(timer, draw);
  const store = await freshStore('pglite');
  const destinations = Array.from({ length: people }, (_, at) => platform.destination(at));
  await owe(store, destinations, each, timer.now());

  const { adapter } = platform;
  const outbox = createOutbox(store, new Map([[adapter.platform, adapter]]), timer, quiet);
  for (let round = 0; round < 5_000; round++) {
    const due = await store.read.outbox.waiting(timer.now());
    await Promise.all(due.map((conversation) => outbox.deliver(conversation)));
    if ((await store.read.outbox.waiting(Number.MAX_SAFE_INTEGER)).length === 0) break;
    timer.leap(1_000);
  }

  const { violations, extras } = judge(platform, destinations, each);
  if (knowsAgain && extras > 0) violations.push(`${extras} messages came more than once`);
  await store.close();
  await platform.stop();
  return { messages: people * each, faults, extras, seed, violations };
}

function drawing(seed: number, longestWait: number) {
  const chance = seededChance(seed);
  const faults = { limited: 0, broken: 0, hidden: 0 };
  function draw(): Drawn {
    const at = chance();
    const drawn: Drawn =
      at < 0.12
        ? { kind: 'limited', retryAfter: Math.min(longestWait, 1 + Math.floor(chance() * 30)) }
        : at < 0.24
          ? { kind: 'broken', status: [500, 502, 503][Math.floor(chance() * 3)] }
          : at < 0.32
            ? { kind: 'hidden' }
            : null;
    if (drawn !== null) faults[drawn.kind] += 1;
    return drawn;
  }
  return { draw, faults };
}

const textOf = (person: string, at: number) => `Message ${at} for person ${person}.`;

async function owe(
  store: Store,
  destinations: readonly Destination[],
  each: number,
  now: number,
): Promise<void> {
  for (const source of destinations) {
    const rows = Array.from({ length: each }, (_, at) => {
      const reply: Reply = {
        key: `${source.identity}-${at}`,
        visibility: 'private',
        notify: 'normal',
        blocks: [{ kind: 'text', text: textOf(source.identity, at) }],
        actions: [],
      };
      return { conversation: conversationKey(source), source, inboxId: null, reply };
    });
    await store.transact((tx) => tx.outbox.put(rows, now));
  }
}

function judge(platform: FaultyPlatform, destinations: readonly Destination[], each: number) {
  const violations = [...platform.violations()];
  const arrived = platform.arrived();
  let extras = 0;
  for (const { identity } of destinations) {
    const got = arrived.filter(({ to }) => to === identity);
    const firsts = [...new Set(got.map(({ text }) => text))];
    const expected = Array.from({ length: each }, (_, at) => textOf(identity, at));
    if (JSON.stringify(firsts) !== JSON.stringify(expected)) {
      violations.push(
        `person ${identity} got ${firsts.length} of ${each} messages, or out of order`,
      );
    }
    for (const text of expected) {
      const times = got.filter((one) => one.text === text);
      const hidden = times.filter((one) => one.hidden).length;
      extras += Math.max(0, times.length - 1);
      if (times.length > hidden + 1)
        violations.push(`"${text}" came ${times.length} times without a reason`);
    }
  }
  return { violations, extras };
}
