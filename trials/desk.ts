import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type PaperBroker, paperBroker } from '../adapters/broker/paper/client.ts';
import { startPaperBroker } from '../adapters/broker/paper/start.ts';
import { csvPrices } from '../adapters/prices/csv.ts';
import { openStore } from '../adapters/store/index.ts';
import { type Bot, createBot } from '../bot/bot.ts';
import { abilitiesOf } from '../bot/commands/index.ts';
import type { Abilities } from '../bot/dispatch.ts';
import type { Body, Event, Source } from '../bot/event.ts';
import { executeJob } from '../bot/jobs/execute.ts';
import { refreshPrices } from '../bot/jobs/price-refresh.ts';
import { settleJob } from '../bot/jobs/settle.ts';
import { lastClose } from '../bot/market.ts';
import { createMarket } from '../bot/market-source.ts';
import type { ChatAdapter, Clock } from '../bot/ports.ts';
import type { Reply } from '../bot/reply.ts';
import type { Scope, Store } from '../bot/store.ts';
import { freshPostgres } from '../fakes/postgres.ts';
import { quiet } from '../fakes/store.ts';
import { shown } from '../fakes/talk.ts';
import { onboard, type Speaker } from './onboard.ts';
import { type Spoil, writePanel } from './panel.ts';

/** Bots in this process on a real Postgres, with the real broker process beside them. */
export interface Desk {
  readonly store: Store;
  readonly broker: PaperBroker;
  readonly clock: { at: number };
  /** Two bots with a store each, as two processes have. */
  readonly bots: readonly [Bot, Bot];
  /** Somebody new; with `installation`, of another workspace. */
  visitor(installation?: string): Visitor;
  /** Waits until a proposal has come to its end. */
  ended(scope: Scope, proposal: string): Promise<string>;
  close(): Promise<void>;
}

export interface Visitor extends Speaker {
  readonly source: Source;
  scope(): Promise<Scope>;
  /** An event of theirs, not sent yet. */
  event(body: Body, id?: string): Event;
  /** The token of the newest button of that label. */
  token(label: string): string;
  /** Sends an event to a bot and waits until it has answered. */
  send(event: Event, bot?: Bot): Promise<void>;
  /** The last message as text. */
  heard(): string;
  /** Every message so far as text, oldest first. */
  all(): readonly string[];
  onboard(): Promise<void>;
}

const BUTTON_KEY = randomBytes(32);

export async function openDesk(
  options: { readonly spoil?: Spoil; readonly extend?: (abilities: Abilities) => Abilities } = {},
): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'keel-desk-'));
  const file = join(folder, 'panel.csv');
  await writePanel(file, options.spoil);
  const databaseUrl = await freshPostgres();
  const settings = { home: folder, databaseUrl, log: quiet };
  const stores = [await openStore(settings), await openStore(settings)] as const;
  const [store] = stores;
  const provider = csvPrices(file);
  await refreshPrices({ store, provider, clock: { now: () => Date.now() }, log: quiet });

  const clock = { at: 0 };
  const now: Clock = { now: () => clock.at };
  const market = createMarket({ store, provider, clock: now });
  const latest = await market.latest();
  clock.at = lastClose(latest);
  const brokerProcess = await startPaperBroker({
    file: join(folder, 'broker.db'),
    log: quiet,
    control: true,
    now: clock.at,
  });
  const broker = paperBroker(() => brokerProcess.endpoint());
  await broker.feed([...latest.quotes.values()]);
  const brokerage = { store, broker, clock: now, log: quiet };
  await store.work('execute', executeJob(brokerage));
  await store.work('settle', settleJob(brokerage));

  const delivered: { readonly to: string; readonly reply: Reply }[] = [];
  const adapter: ChatAdapter = {
    platform: 'web',
    async deliver(to, reply) {
      return [String(delivered.push({ to: `${to.installation} ${to.conversation}`, reply }))];
    },
    typing: () => undefined,
  };
  const every = abilitiesOf({ cashRate: 0.02 });
  const abilities = options.extend?.(every) ?? every;
  const botOn = (own: Store) =>
    createBot({
      store: own,
      clock: now,
      random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
      market,
      compute: { run: () => Promise.reject(new Error('Nothing here needs long work.')) },
      log: quiet,
      buttonKey: BUTTON_KEY,
      abilities,
      adapters: [adapter],
    });
  const bots = [botOn(stores[0]), botOn(stores[1])] as const;

  function visitor(installation = 'local'): Visitor {
    const identity = randomUUID();
    const source = { platform: 'web', installation, conversation: identity, identity };
    const mine = () =>
      delivered.filter((each) => each.to === `${installation} ${identity}`).map((e) => e.reply);
    const event = (body: Body, id: string = randomUUID()): Event => ({
      id,
      source,
      surface: 'direct',
      locale: 'en-US',
      at: clock.at,
      body,
    });
    async function send(sent: Event, bot: Bot = bots[0]): Promise<void> {
      await bot.receive(sent);
      await bot.idle();
    }
    function token(label: string): string {
      for (const reply of mine().toReversed()) {
        const found = reply.actions.find((each) => each.label === label);
        if (found?.kind === 'choice') return found.do;
      }
      throw new Error(`There is no button "${label}".`);
    }
    const all = () => mine().map((reply) => shown({ ...reply, actions: [] }));
    const me: Visitor = {
      source,
      event,
      send,
      token,
      all,
      heard: () => all().at(-1) ?? '',
      say: (text) =>
        send(
          event(
            text.startsWith('/')
              ? {
                  kind: 'command',
                  name: text.slice(1).split(' ')[0],
                  args: text.split(' ').slice(1).join(' '),
                }
              : { kind: 'text', text },
          ),
        ),
      press: (label) => send(event({ kind: 'button', token: token(label) })),
      async scope() {
        const found = await store.read.people.byIdentity(source);
        if (found === null) throw new Error('Nobody has been here yet.');
        return { workspace: found.workspace, person: found.person };
      },
      onboard: () => onboard(me),
    };
    return me;
  }

  return {
    store,
    broker,
    clock,
    bots,
    visitor,
    async ended(scope, id) {
      for (;;) {
        const state = (await store.read.proposals.get(scope, id))?.state ?? 'absent';
        if (!['confirmed', 'submitting', 'partly-filled'].includes(state)) return state;
        await pause(20);
      }
    },
    async close() {
      for (const bot of bots) await bot.idle();
      for (const each of stores) await each.close();
      await brokerProcess.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
