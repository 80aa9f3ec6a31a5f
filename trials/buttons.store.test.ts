import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Proposal } from '../bot/advice/types.ts';
import { reconcile } from '../bot/jobs/reconcile.ts';
import { stopTestPostgres } from '../fakes/postgres.ts';
import { type Desk, openDesk, type Visitor } from './desk.ts';

let desk: Desk;
let anna: Visitor;

beforeAll(async () => {
  desk = await openDesk();
  anna = desk.visitor();
  await anna.onboard();
});
afterAll(async () => {
  await desk.close();
  await stopTestPostgres();
});

/** A proposal that can be confirmed, on new cash so that there is something to trade. */
async function offered(): Promise<Proposal> {
  await anna.say('/holdings add 6,000 cash');
  await anna.press('Yes');
  await anna.say('/rebalance');
  const [open] = (await proposals()).filter((each) => each.state === 'proposed');
  return open;
}

const proposals = async () => desk.store.read.proposals.list(await anna.scope(), 20);
const press = (label: string) => anna.event({ kind: 'button', token: anna.token(label) });

async function stateOf(proposal: Proposal): Promise<string> {
  return (await desk.store.read.proposals.get(await anna.scope(), proposal.id))?.state ?? 'absent';
}

/** Audit rows of a workspace about something, by kind. */
async function audited(workspace: string, about: RegExp): Promise<readonly string[]> {
  const rows = await desk.store.read.audit.list(workspace, 0, 10_000);
  return rows.filter((row) => about.test(JSON.stringify(row.payload))).map((row) => row.kind);
}

test('case 9: two clicks at once: one wins, the other hears that it was already confirmed', async () => {
  const proposal = await offered();
  const before = anna.all().length;
  const clicks = [press('Confirm'), press('Confirm')];
  await Promise.all(clicks.map((click, i) => desk.bots[i].receive(click)));
  for (const bot of desk.bots) await bot.idle();
  const scope = await anna.scope();
  expect(await desk.ended(scope, proposal.id)).toBe('filled');
  await desk.bots[0].sweep();
  const said = new Set(anna.all().slice(before));
  expect([...said].filter((text) => text.includes('You confirmed this on'))).toHaveLength(1);
  const lost = [...said].filter((text) => /already confirmed/.test(text));
  expect(lost).toHaveLength(1);
  const kinds = await audited(scope.workspace, new RegExp(proposal.id));
  expect(kinds.filter((kind) => kind === 'proposal-confirmed')).toHaveLength(1);
  expect(await reconcile(desk, scope)).toEqual([]);
});

test('case 10: confirmed and cancelled at once by two processes, it makes one transition', async () => {
  const ends: string[] = [];
  for (let round = 0; round < 6; round++) {
    const proposal = await offered();
    const both = [press('Confirm'), press('Cancel')];
    if (round % 2 === 1) both.reverse();
    await Promise.all(both.map((click, i) => desk.bots[i].receive(click)));
    for (const bot of desk.bots) await bot.idle();
    const scope = await anna.scope();
    const end = await desk.ended(scope, proposal.id);
    const kinds = await audited(scope.workspace, new RegExp(proposal.id));
    const decided = kinds.filter((kind) => /^proposal-(confirmed|cancelled)$/.test(kind));
    expect(decided).toEqual([end === 'filled' ? 'proposal-confirmed' : 'proposal-cancelled']);
    expect((await desk.store.read.orders.of(scope, proposal.id)).length).toBe(
      end === 'filled' ? proposal.legs.length : 0,
    );
    expect(await reconcile(desk, scope)).toEqual([]);
    ends.push(end);
  }
  expect(ends.every((end) => end === 'filled' || end === 'cancelled')).toBe(true);
});

test('case 11: an expired button is refused and a fresh proposal is offered in its place', async () => {
  const proposal = await offered();
  const late = press('Confirm');
  const at = desk.clock.at;
  desk.clock.at = proposal.expiresAt + 1;
  await anna.send(late);
  expect(anna.heard()).toContain('That proposal has expired. Here is a fresh proposal');
  expect(await stateOf(proposal)).toBe('expired');
  const open = (await proposals()).filter((each) => each.state === 'proposed');
  expect(open.map((each) => each.legs)).toEqual([proposal.legs]);
  await anna.press('Confirm');
  expect(await desk.ended(await anna.scope(), open[0].id)).toBe('filled');
  desk.clock.at = at;
});

test('case 12: a button of another person or workspace is refused and audited', async () => {
  const proposal = await offered();
  const token = anna.token('Confirm');
  for (const stranger of [desk.visitor(), desk.visitor('elsewhere')]) {
    await stranger.say('hello');
    const { workspace, person } = await stranger.scope();
    await stranger.send(stranger.event({ kind: 'button', token }));
    expect(stranger.heard()).toContain('That button belongs to someone else');
    expect(stranger.heard()).not.toContain('$');
    const rows = await desk.store.read.audit.list(workspace, 0, 10_000);
    const refused = rows.filter((row) => row.kind === 'button-refused' && row.actor === person);
    expect(refused).toHaveLength(1);
  }
  expect((await desk.visitor('elsewhere').source).installation).not.toBe(anna.source.installation);
  expect(await stateOf(proposal)).toBe('proposed');
  await anna.press('Confirm');
  expect(await desk.ended(await anna.scope(), proposal.id)).toBe('filled');
});

test('case 13: a tampered button is refused and confirms nothing', async () => {
  const proposal = await offered();
  const token = anna.token('Confirm');
  const other = anna.token('Cancel');
  const flip = (at: number) =>
    `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
  const tampered = [
    flip(5),
    flip(token.length - 1),
    // The signature of one button under the name of another.
    `${token.split('.').slice(0, 2).join('.')}.${other.split('.')[2]}`,
    token.replace('v1.', 'v2.'),
    `${token}.extra`,
    token.split('.').slice(0, 2).join('.'),
    '',
    "v1.' or true --.AAAAAAAAAAAAAAAA",
  ];
  for (const wrong of tampered) {
    await anna.send(anna.event({ kind: 'button', token: wrong }));
    expect(anna.heard()).toContain('I do not recognise that button.');
  }
  expect(await stateOf(proposal)).toBe('proposed');
  expect(await desk.store.read.orders.of(await anna.scope(), proposal.id)).toEqual([]);
});
