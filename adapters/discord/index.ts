import { type RESTGetCurrentApplicationResult, Routes } from 'discord.js';
import type { Hono } from 'hono';
import type { BotDoor } from '../../bot/door.ts';
import { PortError } from '../../bot/errors.ts';
import type { Clock, Images, Logger } from '../../bot/ports.ts';
import type { Chat } from '../chat.ts';
import { realTimer, type Timer } from '../timer.ts';
import { createApi } from './api.ts';
import { commandsOf, register } from './commands.ts';
import { createDeliver } from './deliver.ts';
import { createDirect } from './direct.ts';
import { downloader } from './download.ts';
import { faultOf, isAnswered, isRefusedToken, sentences } from './faults.ts';
import { createGateway } from './gateway.ts';
import { createInteractionIntake } from './interaction-intake.ts';
import { interactionRoutes, type Respond } from './interactions-route.ts';
import { choices } from './limits.ts';
import { createMail } from './mail.ts';
import { createMessageIntake } from './message-intake.ts';
import type { Self } from './parse-message.ts';
import { type Interaction, interactionSchema, messageSchema } from './payload.ts';
import { createSender } from './sender.ts';
import { createTickets } from './tickets.ts';
import { createTyped } from './typed.ts';

export interface DiscordOptions {
  readonly token: string;
  /** How interactions come: over the gateway, or by HTTP, then signed and without messages. */
  readonly mode:
    | { readonly gateway: { readonly shards?: 'auto' | number } }
    | {
        readonly http: {
          /** 64 hex digits from the Developer Portal. */
          readonly publicKey: string;
          readonly path: string;
          readonly server: { mount(path: string, routes: Hono): void };
        };
      };
  /** Another API, with /api and without the version. */
  readonly apiRoot?: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly images: Images;
  /** By which things are remembered and counted; tests give one that leaps. */
  readonly timer?: Timer;
  /** By which others are waited for: real time, unless a test is about waiting. */
  readonly patience?: Timer;
  /** The real time in milliseconds, by which signatures are young and permissions run out. */
  readonly wall?: () => number;
  readonly timeoutMs?: number;
  /** Refused requests in ten minutes after which nothing is sent; Discord bans at 10,000. */
  readonly mostInvalid?: number;
  /** How long starting waits after Discord could not be reached. */
  readonly startPauseMs?: number;
}

export type Discord = Chat;

/** View channels, send messages, also in threads: only to point to a private answer. */
const permissions = (1n << 10n) | (1n << 11n) | (1n << 38n);

/** Keel on Discord: both directions of the platform "discord". */
export function createDiscord(options: DiscordOptions): Discord {
  const { token, mode, log, clock, images, apiRoot, timeoutMs } = options;
  const pace = options.timer ?? realTimer;
  const timer = options.patience ?? realTimer;
  const wallNow = options.wall ?? Date.now;
  let connected: BotDoor | null = null;
  let self: Self | null = null;
  let fault: string | null = null;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;
  const running = new Set<Promise<unknown>>();

  const starting = () => new PortError('discord', 'unreachable', 'Keel is starting.');
  const door = (): BotDoor => {
    if (connected === null) throw starting();
    return connected;
  };
  const me = (): Self => {
    if (self === null) throw starting();
    return self;
  };
  const tell = (sentence: string | null) => {
    if (stopped) return;
    if (sentence !== null && sentence !== fault) log.error({ platform: 'discord' }, sentence);
    fault = sentence;
  };
  const application = () => me().application;
  const api = createApi({
    token,
    apiRoot,
    timer: pace,
    timeoutMs,
    tell,
    mostInvalid: options.mostInvalid,
  });
  const tickets = createTickets(timer);
  const mail = createMail({ api, tickets, timer, application });
  const direct = createDirect(api);
  const sender = createSender({ mail, direct, tickets, images, wallNow, log, timer: pace });
  const download = downloader(apiRoot, timeoutMs ?? choices.timeoutMs);
  const typed = createTyped(pace);
  const base = { door, mail, direct, download, log };
  const interactions = createInteractionIntake({
    ...{ ...base, tickets, typed, timer, wallNow },
    application: () => self?.application ?? null,
  });
  const messages = createMessageIntake({ ...base, clock });
  const outgoing = createDeliver({ sender, mail, direct, messages, api, clock, log, door, tell });

  /** What is under way when Keel stops is finished first. */
  function track(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => log.error({ why: faultOf(error).code }, 'a delivery failed'))
      .finally(() => running.delete(watched));
    running.add(watched);
  }

  /** Answers over REST what came over the gateway. */
  function respondTo({ id, token: ticket }: Interaction): Respond {
    return async (body) => {
      const call = { body, auth: false, urgent: true };
      try {
        await api.call('POST', Routes.interactionCallback(id, ticket), call);
        return true;
      } catch (error) {
        if (isAnswered(error)) return true;
        log.warn({ why: faultOf(error).code }, 'an interaction was not acknowledged');
        return false;
      }
    };
  }

  function packet(name: string, data: unknown): void {
    const said = name === 'MESSAGE_CREATE' ? messageSchema.safeParse(data).data : undefined;
    const done = name === 'INTERACTION_CREATE' ? interactionSchema.safeParse(data).data : undefined;
    if (said !== undefined) track(messages.take(said, me()));
    else if (done !== undefined) track(interactions(done, respondTo(done)));
    else log.warn({ name }, 'a delivery of an unknown shape was left aside');
  }

  const gateway =
    'gateway' in mode
      ? createGateway({
          ...{ token, apiRoot, timeoutMs, log, timer, packet, tell, shards: mode.gateway.shards },
          guild: (what, guild) => track(outgoing.installed(what, guild, application())),
        })
      : null;
  if ('http' in mode) {
    const { publicKey, path, server } = mode.http;
    const routes = interactionRoutes({
      publicKey,
      log,
      wall: wallNow,
      timer,
      take: (interaction, respond) => {
        const work = interactions(interaction, respond);
        track(work);
        return work;
      },
      heard: () => {
        if (fault === sentences.noEndpoint(path)) tell(null);
      },
    });
    server.mount(path, routes);
  }

  async function begin(): Promise<void> {
    const found = await api.call<RESTGetCurrentApplicationResult>(
      'GET',
      Routes.currentApplication(),
    );
    self = { application: found.id, user: found.bot?.id ?? found.id };
    await register(api, found.id, commandsOf(door().commands));
    if (stopped) return;
    tell(null);
    const endpoint = found.interactions_endpoint_url ?? null;
    if ('http' in mode) {
      const { publicKey, path } = mode.http;
      if (found.verify_key.toLowerCase() !== publicKey.toLowerCase()) {
        throw new PortError('discord', 'refused', sentences.key);
      }
      if (endpoint === null) tell(sentences.noEndpoint(path));
      return;
    }
    await gateway?.start();
    if (endpoint !== null) tell(sentences.endpoint);
  }

  return {
    platform: 'discord',
    deliver: outgoing.deliver,
    typing: outgoing.typing,
    connect(given) {
      connected = given;
    },
    async start() {
      try {
        await begin();
      } catch (error) {
        const why = isRefusedToken(error) || isInvalidToken(error) ? tokenFault() : faultOf(error);
        // The web chat need not wait for Discord to come back; what is refused needs a person.
        if (why.code === 'refused') throw why;
        if (stopped) return;
        tell(sentences.away);
        again = setTimeout(
          () => this.start().catch((refused: unknown) => tell(faultOf(refused).message)),
          options.startPauseMs ?? choices.startPauseMs,
        );
      }
    },
    async stop() {
      stopped = true;
      clearTimeout(again);
      await gateway?.stop();
      while (running.size > 0) await Promise.all(running);
      api.close();
    },
    address: () =>
      self === null
        ? null
        : `https://discord.com/oauth2/authorize?client_id=${self.application}&scope=bot+applications.commands&permissions=${permissions}`,
    fault: () => fault,
  };
}

function tokenFault(): PortError {
  return new PortError('discord', 'refused', sentences.token);
}

function isInvalidToken(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'TokenInvalid';
}
