import { createTelegram } from '../adapters/telegram/index.ts';
import { PortError } from '../bot/errors.ts';
import { conversationKey } from '../bot/event.ts';
import { createOutbox } from '../bot/outbox.ts';
import type { Clock, Destination } from '../bot/ports.ts';
import type { Reply } from '../bot/reply.ts';
import type { Store } from '../bot/store.ts';
import { freshStore, quiet } from '../fakes/store.ts';
import { type Fault, startTelegram } from '../fakes/telegram/server.ts';
import { createLeapingTimer } from '../fakes/telegram/timer.ts';
import { seededChance } from './chance.ts';

export interface FaultOutcome {
  readonly messages: number;
  /** Requests that were answered with 429, a 5xx, or not at all though carried out. */
  readonly faults: Readonly<Record<Fault['kind'], number>>;
  /** Messages that arrived more than once: only where the answer was hidden. */
  readonly extras: number;
  readonly seed: number;
  readonly violations: readonly string[];
}

/**
 * Messages to many people through a Telegram that answers a third of all requests with 429, 5xx or
 * silence. The real outbox on a real database; time leaps, so nobody waits. Each person gets each
 * message at least once, in order; extras occur only where the fake carried out and hid its answer.
 */
export async function run(short: boolean, seed: number): Promise<FaultOutcome> {
  const people = short ? 10 : 50;
  const each = short ? 6 : 20;
  const chance = seededChance(seed);
  const timer = createLeapingTimer(1_780_000_000_000);
  const clock: Clock = { now: timer.now };
  const faults = { flood: 0, broken: 0, hidden: 0, slow: 0 };
  const draw = (method: string): Fault | null => {
    if (method !== 'sendMessage') return null;
    const at = chance();
    const fault: Fault | null =
      at < 0.12
        ? { kind: 'flood', retryAfter: 1 + Math.floor(chance() * 30) }
        : at < 0.24
          ? { kind: 'broken', status: [500, 502, 503][Math.floor(chance() * 3)] }
          : at < 0.32
            ? { kind: 'hidden' }
            : null;
    if (fault !== null) faults[fault.kind] += 1;
    return fault;
  };
  // Requests are under way while time leaps, so the pace is judged in pace.test.ts instead.
  const fake = await startTelegram({ now: clock.now, paceNow: null, fault: draw });
  const telegram = createTelegram({
    token: fake.token,
    mode: 'polling',
    apiRoot: fake.url,
    log: quiet,
    clock,
    images: { png: () => Promise.reject(new PortError('images', 'refused', 'none here')) },
    commands: [],
    timer,
    timeoutSeconds: 5,
  });
  const store = await freshStore('pglite');
  const destinations = Array.from({ length: people }, (_, at) => destinationOf(at + 1));
  for (const { conversation } of destinations) fake.world.chat(Number(conversation)).open = true;
  await owe(store, destinations, each, clock);

  const outbox = createOutbox(store, new Map([['telegram', telegram]]), clock, quiet);
  for (let round = 0; round < 5_000; round++) {
    const due = await store.read.outbox.waiting(clock.now());
    await Promise.all(due.map((conversation) => outbox.deliver(conversation)));
    if ((await unsent(store, destinations)) === 0) break;
    timer.leap(1_000);
  }

  const { violations, extras } = judge(fake.world, destinations, each);
  await store.close();
  await fake.stop();
  return { messages: people * each, faults, extras, seed, violations };
}

function destinationOf(id: number): Destination {
  const chat = String(id);
  return { platform: 'telegram', installation: '7000001', conversation: chat, identity: chat };
}

const textOf = (person: string, at: number) => `Message ${at} for person ${person}.`;

async function owe(
  store: Store,
  destinations: readonly Destination[],
  each: number,
  clock: Clock,
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
    await store.transact((tx) => tx.outbox.put(rows, clock.now()));
  }
}

/** How many conversations are still owed something, whenever it is due. */
async function unsent(store: Store, destinations: readonly Destination[]): Promise<number> {
  const open = await store.read.outbox.waiting(Number.MAX_SAFE_INTEGER);
  return open.filter((key) => destinations.some((to) => conversationKey(to) === key)).length;
}

interface World {
  readonly sent: readonly {
    readonly chat: number;
    readonly text: string;
    readonly hidden: boolean;
  }[];
  readonly violations: readonly string[];
}

function judge(world: World, destinations: readonly Destination[], each: number) {
  const violations = [...world.violations];
  let extras = 0;
  for (const { identity } of destinations) {
    const got = world.sent.filter(({ chat }) => String(chat) === identity);
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
