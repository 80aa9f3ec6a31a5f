import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversationKey, type Event } from '../bot/event.ts';
import type { Person } from '../bot/store.ts';
import {
  type Chat,
  codeIn,
  type LinkBench,
  openLinkBench,
  threeChats,
} from '../fakes/link-bench.ts';
import { stopTestPostgres } from '../fakes/postgres.ts';
import { seededChance } from '../fakes/seeded-chance.ts';

/** A multiple of this many interleavings in a long run; few enough here. */
const ROUNDS = Number(process.env.KEEL_TRIAL_ROUNDS ?? 20);
const SEED = Number(process.env.KEEL_TEST_SEED ?? 20_261_123);

let bench: LinkBench;
let bots: readonly LinkBench['bot'][];
const chance = seededChance(SEED);
beforeAll(async () => {
  bench = await openLinkBench('postgres');
  bots = [bench.bot, bench.begin()];
});
afterAll(async () => {
  await bench.store.close();
  await stopTestPostgres();
});

const any = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)];

/** In any order, at two processes, each once to three times; returns when nothing is left under way. */
async function atOnce(events: readonly Event[]): Promise<void> {
  const copies = events.flatMap((event) =>
    Array.from({ length: 1 + Math.floor(chance() * 3) }, () => event),
  );
  const shuffled = copies
    .map((event) => ({ event, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
  await Promise.all(shuffled.map((event) => any(bots).receive(event)));
  for (const bot of bots) await bot.idle();
  for (const bot of bots) await bot.sweep();
  for (const bot of bots) await bot.idle();
}

const press = (chat: Chat, label: string) =>
  chat.eventOf({ kind: 'button', token: chat.find(label).do });
const isSame = (one: Person, other: Person) =>
  one.workspace === other.workspace && one.person === other.person;

const answersOf = async (scope: Person) => {
  const { state } = await bench.store.read.dialogues.get(scope, 'direct');
  return (state as { answers: Record<string, string> }).answers;
};

test(`one account and nothing lost in ${ROUNDS} interleavings (seed ${SEED})`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const told = `round ${round}`;
    const [web, telegram, discord] = await threeChats(bench, String(round));
    const before = new Map<Chat, Person>();
    for (const chat of [web, telegram, discord]) before.set(chat, await chat.person());
    const account = before.get(web)!;

    // Two chats confirm one code at once, while the account answers and asks.
    const code = codeIn(await web.said('/link'));
    for (const chat of [telegram, discord]) await chat.said(`/link ${code}`);
    await atOnce([
      press(telegram, 'Yes, join it'),
      press(discord, 'Yes, join it'),
      press(web, 'In 6 to 10 years'),
      web.eventOf({ kind: 'command', name: 'links', args: '' }),
      telegram.eventOf({ kind: 'command', name: 'help', args: '' }),
    ]);
    const joined: Chat[] = [];
    for (const chat of [telegram, discord]) {
      const now = await chat.person();
      if (isSame(now, account)) joined.push(chat);
      else expect(now.person, told).toBe(before.get(chat)!.person);
    }
    expect(joined, told).toHaveLength(1);
    const [other] = joined;
    const linked = await bench.store.read.links.of(account);
    expect(
      linked.map(({ home }) => home?.person ?? null),
      told,
    ).toEqual([null, before.get(other)!.person]);
    expect((await answersOf(account)).horizon, told).toBe('6-10');

    // Both chats answer at once: different questions, so every answer must be there.
    for (const label of ['No debt', '3 to 5 months', 'Steady']) await web.pressed(label);
    await other.said('/profile');
    await other.pressed('A quarter to a half');
    await other.pressed('I have picked stocks or funds myself for years');
    await atOnce([
      press(web, 'In 3 to 5 years'),
      press(web, '6 months or more'),
      press(other, 'A tenth to a quarter'),
      press(other, 'Wait and change nothing'),
      other.eventOf({ kind: 'command', name: 'profile', args: '' }),
    ]);
    expect(await answersOf(account), told).toMatchObject({
      ...{ horizon: '3-5', emergency: '6-plus', share: 'tenth', fall: 'hold' },
    });

    // Unlinked while it sets a goal: the goal is the account's or its own, and nobody else's.
    await other.said('/goal 90k by June 2032');
    await atOnce([
      press(web, 'Unlink it'),
      press(other, 'Yes'),
      other.eventOf({ kind: 'command', name: 'portfolio', args: '' }),
      web.eventOf({ kind: 'command', name: 'help', args: '' }),
    ]);
    expect((await other.person()).person, told).toBe(before.get(other)!.person);
    expect(await bench.store.read.links.of(account), told).toHaveLength(1);
    // Its button was the account's: pressed too late, it is refused.
    expect(await bench.store.read.goals.current(before.get(other)!), told).toBeNull();
    for (const chat of [web, telegram, discord]) {
      expect(await bench.store.read.inbox.next(conversationKey(chat.source)), told).toBeNull();
    }
  }
  expect(await bench.store.read.inbox.parked()).toEqual([]);
  expect(bench.logged.filter((line) => /failed|left to/.test(line))).toEqual([]);
  for (const workspace of await bench.store.read.audit.workspaces()) {
    expect((await bench.store.read.audit.verify(workspace)).brokenAt).toBeNull();
    const rows = await bench.store.read.audit.list(workspace, 0, 100_000);
    const joins = rows.filter(({ kind }) => kind === 'linked').length;
    expect([0, ROUNDS]).toContain(joins);
  }
}, 240_000);
