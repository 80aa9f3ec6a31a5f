import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { stopTestPostgres } from '../fakes/postgres.ts';
import { freshStore, quiet } from '../fakes/store.ts';
import { sourceOf, textEvent } from '../fakes/store-samples.ts';
import { createBot } from './bot.ts';
import { abilitiesOf } from './commands/index.ts';
import { PortError } from './errors.ts';
import { conversationKey, type Event } from './event.ts';
import { HOME, homeOf } from './home.ts';
import type { Destination } from './ports.ts';
import type { Reply } from './reply.ts';
import type { Store } from './store.ts';

afterAll(stopTestPostgres);

let store: Store;
let delivered: { readonly to: Destination; readonly reply: Reply; readonly edited: boolean }[];
let bot: ReturnType<typeof createBot>;
/** Whether the platform still has home pages for Keel. */
let shown: boolean;

beforeEach(async () => {
  store = await freshStore('postgres');
  delivered = [];
  shown = true;
  bot = createBot({
    store,
    clock: { now: () => 1_780_000_000_000 },
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    market: { view: () => Promise.reject(new PortError('prices', 'unreachable', 'No prices.')) },
    compute: { run: () => Promise.reject(new Error('Nothing here needs long work.')) },
    log: quiet,
    buttonKey: new Uint8Array(32),
    abilities: abilitiesOf({ cashRate: 0.02, admins: [] }),
    adapters: [
      {
        platform: 'test',
        async deliver(to, reply, previous) {
          delivered.push({ to, reply, edited: previous !== null });
          if (!shown && to.conversation.startsWith('home:')) return [];
          return previous ?? [String(delivered.length)];
        },
        typing: () => undefined,
      },
    ],
  });
});
afterEach(() => store.close());

const source = { ...sourceOf('anna'), platform: 'test' };
const home = homeOf(source);
const pages = () => delivered.filter(({ to }) => to.conversation === home.conversation);

async function handled(event: Partial<Event>): Promise<void> {
  await bot.receive({ ...textEvent(randomBytes(4).toString('hex'), 'anna'), source, ...event });
  await bot.idle();
  await bot.sweep();
  await bot.idle();
}

const opened = { source: home, body: { kind: 'lifecycle', what: 'home-opened' } } as const;

/** Presses a button of the last reply outside the home page. */
async function presses(label: string): Promise<void> {
  const { reply } = delivered.findLast(({ to }) => to.conversation !== home.conversation)!;
  const action = reply.actions.find((one) => one.label === label);
  if (action?.kind !== 'choice') throw new Error(`There is no button ${label}.`);
  await handled({ body: { kind: 'button', token: action.do } });
}

test('a home page says who Keel is, and then where the person stands, in its one place', async () => {
  await handled(opened);
  expect(pages()).toHaveLength(1);
  expect(pages()[0].reply).toMatchObject({ key: HOME, visibility: 'private', notify: 'silent' });
  expect(JSON.stringify(pages()[0].reply)).toContain('Begin');
  await handled({ body: { kind: 'text', text: 'hello' } });
  await presses('I have read this and agree');
  expect(pages()).toHaveLength(2);
  expect(pages()[1].edited).toBe(true);
  expect(JSON.stringify(pages()[1].reply)).toContain('not known yet');
});

test('what changes nothing draws no page, and nobody has one who never opened it', async () => {
  await handled({ body: { kind: 'text', text: 'hello' } });
  await presses('I have read this and agree');
  expect(pages()).toHaveLength(0);
  await handled(opened);
  await handled({ body: { kind: 'command', name: 'help', args: '' } });
  expect(pages()).toHaveLength(1);
  expect(await store.read.inbox.next(conversationKey(home))).toBeNull();
});

test('two people of one workspace who share an account have both their pages drawn anew', async () => {
  const other = { ...sourceOf('bert'), platform: 'test' };
  const theirs = { source: homeOf(other), body: opened.body };
  const pagesOf = (one: typeof source) =>
    delivered.filter(({ to }) => to.conversation === homeOf(one).conversation).length;
  await handled({ body: { kind: 'text', text: 'hello' } });
  await presses('I have read this and agree');
  await handled({ body: { kind: 'command', name: 'link', args: '' } });
  const code = /\/link (\S{4}-\S{4})/.exec(JSON.stringify(delivered))![1];
  await handled({ source: other, body: { kind: 'command', name: 'link', args: code } });
  const action = delivered.at(-1)!.reply.actions[0];
  if (action.kind !== 'choice') throw new Error('There is no button.');
  await handled({ source: other, body: { kind: 'button', token: action.do } });
  await handled(opened);
  await handled(theirs);
  const before = [pagesOf(source), pagesOf(other)];
  await handled({ body: { kind: 'command', name: 'goal', args: '20k by June 2030' } });
  await presses('Yes');
  expect([pagesOf(source), pagesOf(other)]).toEqual(before.map((count) => count + 1));
});

test('a page shows nothing of a person who was forgotten, and no trace of it stays', async () => {
  await handled({ body: { kind: 'text', text: 'hello' } });
  await presses('I have read this and agree');
  await handled(opened);
  await handled({ body: { kind: 'command', name: 'forget', args: '' } });
  await presses('Yes, erase it');
  expect(pages()).toHaveLength(2);
  expect(JSON.stringify(pages()[1].reply)).toContain('was erased');
  expect(pages()[1].reply.actions).toEqual([]);
  expect(await store.read.people.byIdentity(source)).toBeNull();
  expect(await store.read.outbox.messageIds(conversationKey(home), HOME)).toBeNull();
  await handled({ body: { kind: 'text', text: 'hello' } });
  expect(pages()).toHaveLength(2);
});

test('a page that its platform no longer shows is not drawn on and on', async () => {
  await handled({ body: { kind: 'text', text: 'hello' } });
  await presses('I have read this and agree');
  await handled(opened);
  shown = false;
  for (const args of ['20k by June 2030', '30k by June 2031']) {
    await handled({ body: { kind: 'command', name: 'goal', args } });
    await presses('Yes');
  }
  expect(pages()).toHaveLength(2);
});

test('a page that cannot be drawn says so where it stands, and no chat is disturbed', async () => {
  await handled({ body: { kind: 'text', text: 'hello' } });
  await presses('I have read this and agree');
  await handled(opened);
  const person = (await store.read.people.byIdentity(source))!;
  const declared = {
    ...({ id: 'cash', at: 1_780_000_000_000, kind: 'declared', asset: null, units: 0n } as const),
    ...{ cashMinor: 400_000n, costMinor: 400_000n, currency: 'USD', reference: 'test' },
  };
  await store.transact((tx) => tx.ledger.append(person, [declared]));
  await handled({ body: { kind: 'command', name: 'goal', args: '20k by June 2030' } });
  await presses('Yes');
  const [, failed] = pages();
  expect(failed.reply).toMatchObject({ key: HOME, replaces: HOME, notify: 'silent' });
  expect(JSON.stringify(failed.reply.blocks)).toContain('No prices.');
  expect(failed.edited).toBe(true);
});
