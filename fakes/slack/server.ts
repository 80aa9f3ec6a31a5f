import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAuth } from './auth-methods.ts';
import { createChat } from './chat-methods.ts';
import { createDelivery, type Delivery, type DeliveryFault, type Endpoints } from './delivery.ts';
import { createEvents } from './events.ts';
import { createFiles } from './file-methods.ts';
import { createInteractions } from './interactions.ts';
import { readLimits } from './limits.ts';
import { createRules } from './message-rules.ts';
import { createPaceCheck } from './pace-check.ts';
import { createResponseUrls } from './response-url.ts';
import { createRoutes } from './routes.ts';
import { schemaCheck, schemaMissing } from './schema.ts';
import { createSocketHub } from './socket.ts';
import type { TeamOptions } from './team.ts';
import { realTimers, type Timers } from './timers.ts';
import { createViews } from './view-methods.ts';
import { walkInstall } from './walk-install.ts';
import { createWebApi, type Fault } from './web-api.ts';
import { type App, createWorld } from './world.ts';

export interface SlackOptions {
  /** Time that messages carry. */
  readonly now?: () => number;
  /** Time that signatures carry; the app compares it with its own clock. */
  readonly signNow?: () => number;
  /** Time by which the pace is judged; null judges none. */
  readonly paceNow?: (() => number) | null;
  /** What lasts: acknowledgements, triggers, response addresses, retries. */
  readonly timers?: Timers;
  /** Asked for every Web API call; null lets it pass. */
  readonly fault?: Fault;
  /** Asked for every delivery; null lets it pass. */
  readonly deliveryFault?: (delivery: Delivery, attempt: number) => DeliveryFault | null;
  /** How often files.info is asked before a file can be used. */
  readonly filePolls?: number;
  /** Whether the bot hears its own direct messages, their edits and deletions, as on Slack. */
  readonly echoes?: boolean;
  /** Where the app listens; one address or four. Socket Mode needs none. */
  readonly requestUrl?: string | Endpoints;
  readonly app?: Partial<App>;
  readonly teams?: readonly TeamOptions[];
  /** false leaves the workspaces for OAuth to install. */
  readonly installed?: boolean;
}

const scopes = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'im:read',
  'im:write',
  'users:read',
];

/**
 * A small working Slack on loopback: workspaces, the Web API, events and interactions over HTTP or
 * Socket Mode, OAuth. Strict: what is wrong is refused as Slack would and kept as a violation.
 */
export async function startSlack(options: SlackOptions = {}) {
  if (schemaMissing !== null) throw new Error(schemaMissing);
  let address = '';
  const url = () => address;
  const app: App = {
    id: 'A0FAKEKEEL',
    name: 'Keel',
    clientId: '1000.2000',
    clientSecret: 'fake-client-secret-for-tests',
    signingSecret: 'fake-signing-secret-for-tests',
    appToken: 'xapp-1-A0FAKEKEEL-for-tests',
    scopes,
    ...options.app,
  };
  const now = options.now ?? Date.now;
  const world = createWorld(app, now, options.timers ?? realTimers);
  for (const team of options.teams ?? [{ id: 'T0001' }]) {
    world.addTeam(team);
    if (options.installed !== false) world.install(team.id);
  }
  const limits = readLimits();
  const schema = schemaCheck();
  const rules = createRules(limits, schema);
  const sockets = createSocketHub(world, url);
  let requestUrl = options.requestUrl;
  let deliveryFault = options.deliveryFault ?? (() => null);
  const endpoints = (): Endpoints | null =>
    typeof requestUrl === 'string'
      ? { events: requestUrl, commands: requestUrl, interactive: requestUrl, options: requestUrl }
      : (requestUrl ?? null);
  const delivery = createDelivery({
    world,
    sockets,
    ackMs: limits.ackMs,
    signNow: options.signNow ?? now,
    endpoints,
    fault: (one, attempt) => deliveryFault(one, attempt),
  });
  const events = createEvents(world, delivery);
  const auth = createAuth(world, (team, event) => void events.push(team, event), url);
  const chat = createChat(world, rules, options.echoes ? events.echo : () => undefined);
  const views = createViews(world, rules, limits);
  const files = createFiles(world, url, options.filePolls ?? 2);
  const responseUrls = createResponseUrls(world, chat, limits, url);
  const interactions = createInteractions({ world, delivery, views, responseUrls, rules, limits });
  const paceNow = options.paceNow === undefined ? () => world.timers.now() : options.paceNow;
  const api = createWebApi({
    world,
    schema,
    auth,
    sockets,
    paced: paceNow === null ? () => null : createPaceCheck(paceNow),
    methods: { ...auth.methods, ...chat.methods, ...views.methods, ...files.methods },
    fault: options.fault ?? (() => null),
  });
  const routes = createRoutes({ world, api, files, responseUrls, auth });

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    routes.serve(request, response).catch((error: unknown) => {
      world.violations.push(`the fake failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.on('upgrade', sockets.accept);
  // A connection that is closed for being quiet would look like a fault that nobody injected.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: address,
    /** What WebClient and Bolt call slackApiUrl. */
    apiUrl: `${address}/api/`,
    authorizeUrl: `${address}/oauth/v2/authorize`,
    app,
    world,
    rules,
    delivery,
    events,
    interactions,
    views,
    auth,
    sockets,
    calls: api.calls,
    /** The living bot token of a workspace. */
    token(team = 'T0001'): string {
      const found = [...world.tokens].find(([, each]) => each.team === team && each.dead === null);
      if (found === undefined) throw new Error(`The app is not installed in ${team}.`);
      return found[0];
    },
    setRequestUrl(next: string | Endpoints): void {
      requestUrl = next;
    },
    /** Replaces what is done to Web API calls. */
    inject: api.inject,
    /** Replaces what is done to deliveries. */
    injectDelivery(next: NonNullable<SlackOptions['deliveryFault']>): void {
      deliveryFault = next;
    },
    /** Who agrees on the consent page. */
    installAs: routes.installAs,
    /** A browser's walk through an installation: start page, consent, and back with its cookies. */
    install: (start: string, back: string): Promise<Response> => walkInstall(start, back),
    /** Triggers handed out so far open nothing any more. */
    expireTriggers(): void {
      for (const [id, trigger] of world.triggers) {
        world.triggers.set(id, { ...trigger, at: -Infinity });
      }
    },
    expireResponseUrls(): void {
      for (const about of world.responseUrls.values()) about.dead = true;
    },
    async stop(): Promise<void> {
      sockets.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type FakeSlack = Awaited<ReturnType<typeof startSlack>>;
