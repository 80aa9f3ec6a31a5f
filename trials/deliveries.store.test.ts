import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../bot/inbox.ts';
import { reconcile } from '../bot/jobs/reconcile.ts';
import { stopTestPostgres } from '../fakes/postgres.ts';
import { type Desk, openDesk, type Visitor } from './desk.ts';

let desk: Desk;
let anna: Visitor;

beforeAll(async () => {
  desk = await openDesk({
    extend: (abilities) => ({
      ...abilities,
      commands: [
        ...abilities.commands,
        {
          name: 'poison',
          summary: 'Breaks whatever happens',
          phrases: [],
          needs: 'nothing',
          run: () => Promise.reject(new TypeError('poison')),
        },
      ],
    }),
  });
  anna = desk.visitor();
  await anna.onboard();
});
afterAll(async () => {
  await desk.close();
  await stopTestPostgres();
});

async function open() {
  const scope = await anna.scope();
  const all = await desk.store.read.proposals.list(scope, 20);
  return all.filter((each) => each.state === 'proposed')[0];
}

/** What a person has, for comparing before and after. */
async function everything() {
  const scope = await anna.scope();
  const { rows, head } = await desk.store.read.audit.verify(scope.workspace);
  const holdings = await desk.store.read.ledger.holdings(scope);
  const proposals = await desk.store.read.proposals.list(scope, 20);
  return { rows, head, holdings, proposals, messages: anna.all().length };
}

async function audited(kind: string): Promise<number> {
  const { workspace } = await anna.scope();
  const rows = await desk.store.read.audit.list(workspace, 0, 10_000);
  return rows.filter((row) => row.kind === kind).length;
}

test('case 7: one event five times, at once and at two processes, has one effect', async () => {
  await anna.say('/rebalance');
  const proposal = await open();
  const press = anna.event({ kind: 'button', token: anna.token('Confirm') });
  const before = anna.all().length;
  const fresh = await Promise.all([0, 1, 0, 1, 0].map((bot) => desk.bots[bot].receive(press)));
  for (const bot of desk.bots) await bot.idle();
  expect(fresh.filter(Boolean)).toHaveLength(1);
  const scope = await anna.scope();
  expect(await desk.ended(scope, proposal.id)).toBe('filled');
  expect(await audited('proposal-confirmed')).toBe(1);
  await desk.bots[0].sweep();
  // The confirmation and its outcome, each shown once or again in its own place.
  const said = anna.all().slice(before);
  expect(new Set(said).size).toBe(2);
  expect(await reconcile(desk, scope)).toEqual([]);
});

test('case 14: a valid delivery that is replayed later changes nothing', async () => {
  const words = anna.event({ kind: 'text', text: '/holdings add 900 cash' });
  await anna.send(words);
  const yes = anna.event({ kind: 'button', token: anna.token('Yes') });
  await anna.send(yes);
  const before = await everything();
  for (const replayed of [words, yes]) {
    expect(await desk.bots[0].receive(replayed)).toBe(false);
    expect(await desk.bots[1].receive({ ...replayed, at: replayed.at + 60_000 })).toBe(false);
  }
  for (const bot of desk.bots) await bot.idle();
  expect(await everything()).toEqual(before);
});

test('case 8: a confirmation that arrives after something newer is refused by the version', async () => {
  await anna.say('/rebalance');
  const first = await open();
  const late = anna.event({ kind: 'button', token: anna.token('Confirm') });
  await anna.say('/rebalance');
  const second = await open();
  expect(second.id).not.toBe(first.id);
  await anna.send(late, desk.bots[1]);
  expect(anna.heard()).toContain('Something newer took the place of that proposal.');
  const scope = await anna.scope();
  expect((await desk.store.read.proposals.get(scope, first.id))?.state).toBe('superseded');
  expect(await desk.store.read.orders.of(scope, first.id)).toEqual([]);
  expect(await audited('proposal-confirmed')).toBe(1);
  expect((await open()).legs).toEqual(second.legs);
});

test('case 32: a poison event is parked, the next one proceeds and the person is told', async () => {
  const poison = anna.event({ kind: 'command', name: 'poison', args: '' });
  await anna.send(poison);
  const after = anna.event({ kind: 'command', name: 'help', args: '' });
  await desk.bots[0].receive(after);
  for (let attempt = 0; attempt < 3; attempt++) await desk.bots[0].sweep();
  await desk.bots[0].idle();
  const parked = await desk.store.read.inbox.parked();
  expect(parked.map((row) => [row.event.id, row.attempts])).toEqual([[poison.id, 3]]);
  const [told, help] = anna.all().slice(-2);
  expect(told).toContain(`I kept your message (number ${parked[0].id})`);
  expect(told).not.toContain('TypeError');
  expect(help).toContain('/recommend');
  expect(await desk.store.read.inbox.waiting()).toEqual([]);
  const before = anna.all().length;
  await desk.bots[0].sweep();
  expect(anna.all()).toHaveLength(before);
});

test('an event whose wake was lost with its process is answered by the sweeper', async () => {
  const event = anna.event({ kind: 'command', name: 'help', args: '' });
  const before = anna.all().length;
  // Stored by a process that died before it could answer; its wake is taken by nobody.
  expect(await receive(desk.store, event, desk.clock.at)).toBe(true);
  expect(anna.all()).toHaveLength(before);
  await desk.bots[1].sweep();
  await desk.bots[1].idle();
  expect(anna.all()).toHaveLength(before + 1);
  expect(anna.heard()).toContain('/recommend');
});
