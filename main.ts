import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { schedule } from 'node-cron';
import { type PaperEndpoint, paperBroker } from './adapters/broker/paper/client.ts';
import { startPaperBroker } from './adapters/broker/paper/start.ts';
import { chatsFrom } from './adapters/chats.ts';
import { clockFrom, systemClock } from './adapters/clock.ts';
import { createCompute } from './adapters/compute/index.ts';
import { type Config, ConfigError, loadEnvFile, readConfig } from './adapters/config.ts';
import { createHttpServer } from './adapters/http/index.ts';
import { createImages } from './adapters/image/index.ts';
import { installationKeys } from './adapters/keys.ts';
import { modelOf, readPrompts } from './adapters/llm/index.ts';
import { createLog } from './adapters/log.ts';
import { providerOf } from './adapters/prices/index.ts';
import { createStore, openDatabase } from './adapters/store/index.ts';
import { createSlackInstallations } from './adapters/store/slack-installations.ts';
import { createWebLog } from './adapters/store/web-log.ts';
import type { Timer } from './adapters/timer.ts';
import { createWebChat } from './adapters/web/index.ts';
import { type Bot, createBot } from './bot/bot.ts';
import { offeredToAll } from './bot/commands/command.ts';
import { abilitiesOf } from './bot/commands/index.ts';
import { PortError } from './bot/errors.ts';
import { executeJob } from './bot/jobs/execute.ts';
import { refreshPrices } from './bot/jobs/price-refresh.ts';
import { createRewording } from './bot/jobs/reword.ts';
import { settleJob } from './bot/jobs/settle.ts';
import { sweepOrders } from './bot/jobs/sweep-orders.ts';
import { lastClose } from './bot/market.ts';
import { createMarket } from './bot/market-source.ts';
import type { Clock, Logger } from './bot/ports.ts';
import type { Store } from './bot/store.ts';

/** A running Keel, for those who start it from code: the demo, trials and benchmarks. */
export interface Keel {
  /** Where the web chat answers; null in a worker. */
  readonly address: string | null;
  /** Where the bots of other platforms answer, as far as they have been reached. */
  readonly chats: readonly string[];
  readonly bot: Bot;
  readonly store: Store;
  readonly clock: Clock;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Opens the paper broker's door for tests. Never in a real start. */
  readonly brokerControl?: boolean;
  /** A paper broker that is already running, in place of one started here: it outlives this process. */
  readonly broker?: () => PaperEndpoint | null;
  readonly log?: Logger;
  /** The one clock of everything, in place of KEEL_CLOCK: trials set it themselves. */
  readonly clock?: Clock;
  /** Time by which platforms pace messages: trials give one that leaps. */
  readonly chatTime?: Timer;
  /** Real time, by which platforms sign what they send: trials have one clock for all. */
  readonly chatWall?: () => number;
  /** Puts an observer between the bot and the store: benchmarks time its calls. */
  readonly observe?: (store: Store) => Store;
}

/** Wires every part and starts a role. What fails to start has closed what it opened. */
export async function start(config: Config, options: StartOptions = {}): Promise<Keel> {
  const closing: (() => Promise<void> | void)[] = [];
  const log = options.log ?? createLog(config.KEEL_LOG);
  const stop = async () => {
    for (const close of closing.reverse().splice(0)) {
      try {
        await close();
      } catch (error) {
        // The others still have something to put away.
        log.error({ error: String(error) }, 'a part did not close');
      }
    }
  };
  try {
    return await wire(config, { ...options, log }, closing, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function wire(
  config: Config,
  options: StartOptions & { readonly log: Logger },
  closing: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<Keel> {
  const { log } = options;
  const keys = installationKeys(config.KEEL_HOME, config.KEEL_SECRET);
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
  const chats = config.KEEL_ROLE !== 'worker';
  const works = config.KEEL_ROLE !== 'chat';

  const provider = providerOf(config.KEEL_PRICES);

  const settings = { home: config.KEEL_HOME, databaseUrl: config.DATABASE_URL, log };
  const database = await openDatabase(settings);
  const opened = await createStore(database, settings).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  closing.push(() => opened.close());
  const observed = options.observe?.(opened) ?? opened;
  const worded = await rewordingOf(config, observed, log);
  closing.push(() => worded?.idle());
  const store = worded?.store ?? observed;

  const refresh = (clock: Clock) => refreshPrices({ store, provider, clock, log });
  const loaded = await refresh(systemClock);
  if ((await store.read.bars.lastDays(provider.source)).size === 0) throw noPrices(config, loaded);
  const stored = createMarket({ store, provider, clock: systemClock });
  const kept = config.KEEL_CLOCK === 'panel' ? clockFrom(lastClose(await stored.latest())) : null;
  const clock = options.clock ?? kept ?? systemClock;
  const market = createMarket({ store, provider, clock });

  const images = createImages({ threads: 1, log });
  closing.push(() => images.close());
  const compute = createCompute({
    threads: config.KEEL_THREADS,
    module: new URL('./bot/tasks.ts', import.meta.url),
    log,
  });
  closing.push(() => compute.close());

  const http = createHttpServer({ host: config.KEEL_HOST, port: config.KEEL_PORT, log });
  const publicHost = config.KEEL_PUBLIC_URL && new URL(config.KEEL_PUBLIC_URL).hostname;
  const web = createWebChat({
    http,
    keys,
    log,
    random,
    clock,
    images,
    messages: createWebLog(database),
    simulated: provider.simulated,
    publicHosts: publicHost ? [publicHost] : [],
  });

  const abilities = abilitiesOf({
    cashRate: config.KEEL_CASH_RATE,
    admins: config.KEEL_ADMINS,
  });
  const platforms = chats
    ? await chatsFrom(config, {
        http,
        log,
        clock,
        images,
        keys,
        commands: offeredToAll(abilities.commands),
        installations: createSlackInstallations(database, keys.tokens),
        ...(options.chatTime ? { time: options.chatTime } : {}),
        ...(options.chatWall ? { wall: options.chatWall } : {}),
      })
    : [];

  const bot = createBot({
    store,
    clock,
    random,
    market,
    compute,
    log,
    buttonKey: keys.button,
    abilities,
    adapters: chats ? [web, ...platforms] : [],
  });
  const ownBroker = async () => {
    const paper = await startPaperBroker({
      file: join(config.KEEL_HOME, 'paper-broker.db'),
      log,
      ...(options.brokerControl ? { control: true } : {}),
      ...(config.KEEL_CLOCK === 'panel' ? { now: clock.now() } : {}),
    });
    closing.push(() => paper.stop());
    return paper.endpoint;
  };

  const broker = works ? paperBroker(options.broker ?? (await ownBroker())) : null;
  // What is under way ends before the parts it uses do: jobs first, then answers, then the broker.
  closing.push(() => bot.idle());
  closing.push(() => store.rest());
  await store.work('wake', ({ conversation }) => bot.drain(conversation));

  if (broker !== null) {
    const feed = async () => broker.feed([...(await market.view()).quotes.values()]);
    await feed();
    const brokerage = { store, broker, clock, log };
    await store.work('execute', executeJob(brokerage));
    await store.work('settle', settleJob(brokerage));
    let upToDate = loaded.state === 'refreshed';
    const renew = async () => {
      upToDate = (await refresh(clock)).state === 'refreshed';
      market.refresh();
      await feed();
    };
    await store.work('price-refresh', renew);
    // Once an evening; each hour after one on which the source could not be read.
    const due = () => new Date(clock.now()).getUTCHours() === 22 || !upToDate;
    const daily = schedule(
      '30 * * * *',
      () => (due() ? attempt(log, 'price refresh', renew) : undefined),
      { timezone: 'UTC', noOverlap: true },
    );
    const sweep = () => attempt(log, 'order sweep', () => sweepOrders(brokerage));
    const orders = schedule('*/5 * * * * *', sweep, { noOverlap: true });
    // What a crash left half done goes on at once: its own job still counts as running elsewhere.
    await sweep();
    closing.push(async () => {
      await daily.destroy();
      await orders.destroy();
    });
  }

  // Every process takes up what another left. Sweeps may overlap: one that hangs stops no other.
  const sweepAll = () => attempt(log, 'sweep', () => bot.sweep());
  const sweeper = schedule('*/5 * * * * *', sweepAll);
  closing.push(() => sweeper.destroy());

  let address: string | null = null;
  if (chats) {
    await store.work('deliver', ({ conversation }) => bot.deliver(conversation));
    web.connect(bot);
    for (const platform of platforms) platform.connect(bot);
    address = await http.start();
    closing.push(async () => {
      web.close();
      await http.stop();
    });
    for (const platform of platforms) closing.push(() => platform.stop());
    // At once: one that cannot be reached keeps no other waiting.
    await Promise.all(platforms.map((platform) => platform.start()));
  }
  void sweepAll();
  const found = () => platforms.flatMap((platform) => platform.address() ?? []);
  return { address, chats: found(), bot, store, clock, stop };
}

/** Rewording by a language model, when there is a key for one. */
async function rewordingOf(config: Config, store: Store, log: Logger) {
  const model = await modelOf(config);
  if (model === null) return null;
  const limits = { person: config.KEEL_MODEL_TOKENS, workspace: 50 * config.KEEL_MODEL_TOKENS };
  const templates = readPrompts();
  return createRewording({ store, model, templates, limits, clock: systemClock, log });
}

/** Nothing can be advised without a price: what went wrong, and the ways out of it. */
function noPrices({ KEEL_PRICES }: Config, { sentence }: { sentence: string }): PortError {
  return new PortError(
    'prices',
    'unreachable',
    `${sentence} Check KEEL_PRICES (now ${KEEL_PRICES}), or set it to sandbox for a simulated market.`,
  );
}

/** A tick that fails is logged and comes again; nothing depends on a single one. */
async function attempt(log: Logger, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ error: String(error) }, `${what} failed; it comes again`);
  }
}

const STOP_PATIENCE_MS = 20_000;

async function run(): Promise<void> {
  loadEnvFile('.env');
  const config = readConfig(process.env);
  const keel = await start(config);
  const end = async () => {
    // A part that never closes must not keep the process: all that counts is stored.
    setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
    await keel.stop();
    process.exit(0);
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  console.log(
    keel.address === null
      ? 'Keel works on the queue. Press Ctrl+C to stop.'
      : `Keel is at ${[keel.address, ...keel.chats].join(' and ')}\nPrices: ${config.KEEL_PRICES}. Press Ctrl+C to stop.`,
  );
}

if (import.meta.main) {
  run().catch((error: unknown) => {
    const expected = error instanceof ConfigError || error instanceof PortError;
    console.error(expected ? error.message : error);
    process.exit(1);
  });
}
