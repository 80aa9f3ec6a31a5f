import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDelivery } from './delivery.ts';
import { createEndpoint } from './endpoint.ts';
import type { Call, FaultOf } from './faults.ts';
import { createGateway } from './gateway.ts';
import { answers, createInteractions } from './interactions.ts';
import { createMessages } from './messages.ts';
import { ampleRates, createRates, type RateLimits } from './rates.ts';
import { readBody, withoutIdle } from './read-body.ts';
import { flaw, invalidForm, mistaken, Refused } from './refused.ts';
import { reply, replyLimited } from './respond.ts';
import type { Route } from './route.ts';
import { routesOf } from './routes.ts';
import { queryFlaws, requestFlaws, specMissing } from './schema.ts';
import { signingKey } from './signing.ts';
import { createWorld } from './world.ts';

export interface DiscordOptions {
  readonly now?: () => number;
  /** Clock of the three seconds in which an interaction must be answered; `now` when absent. */
  readonly answerNow?: () => number;
  /** Clock of the rate limits. */
  readonly paceNow?: () => number;
  readonly rates?: RateLimits;
  /** More invalid requests than this in ten minutes ban the address. */
  readonly invalidBound?: number;
  readonly heartbeatMs?: number;
  /** How many shards the gateway advises. */
  readonly shards?: number;
  /** Asked for every request; null lets it pass. */
  readonly fault?: FaultOf;
}

/**
 * A small working Discord on loopback: REST, gateway and interactions by HTTP. Strict: every request is
 * checked against the official document and the documented limits; what is wrong is refused as Discord
 * would and kept as a violation.
 */
export async function startDiscord(options: DiscordOptions = {}) {
  if (specMissing !== null) throw new Error(specMissing);
  const now = options.now ?? Date.now;
  const world = createWorld(now);
  const key = signingKey(7);
  const messages = createMessages(world);
  const interactions = createInteractions(world, messages, options.answerNow ?? now);
  const gateway = createGateway(world, { heartbeatMs: options.heartbeatMs ?? 41_250 });
  const endpoint = createEndpoint(world, interactions, key, (message, answer) => {
    if (message.only === null && answer !== answers.deferredUpdate) {
      gateway.dispatch(delivery.message(answer === answers.update ? 'UPDATE' : 'CREATE', message));
    }
  });
  const delivery = createDelivery(world, gateway, endpoint);
  const rates = createRates(
    options.rates ?? ampleRates,
    options.paceNow ?? Date.now,
    options.invalidBound ?? 10_000,
  );
  let fault = options.fault ?? (() => null);
  let count = 0;
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      world.violations.push(`the fake failed: ${error instanceof Error ? error.stack : error}`);
      response.destroy();
    });
  });
  server.on('upgrade', gateway.upgrade);
  // A connection that is closed for being quiet would look like a fault that nobody injected.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  gateway.url = `ws://127.0.0.1:${port}/gateway`;
  world.cdn = `${url}/cdn`;
  const routes = routesOf({
    world,
    messages,
    interactions,
    verifyKey: key.publicHex,
    gateway: { url: gateway.url, shards: options.shards ?? 1 },
    announce: (what, message) => gateway.dispatch(delivery.message(what, message)),
    setEndpoint: (where) => endpoint.set(where),
  }).map((route) => ({ route, pattern: patternOf(route.path) }));

  function find(method: string, path: string) {
    for (const { route, pattern } of routes) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found !== null) return { route, params: { ...found.groups } };
    }
    return null;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', url);
    if (asked.pathname.startsWith('/cdn/')) return download(asked.pathname, response);
    const method = request.method ?? 'GET';
    const path = /^\/api\/v10(\/.*)$/.exec(decodeURIComponent(asked.pathname))?.[1] ?? '';
    const read = await readBody(request).catch((error: unknown) => error);
    if (rates.banned()) {
      world.violations.push(`${method} ${path}: asked although the address is banned`);
      response.writeHead(429, { 'content-type': 'text/plain' }).end('error code: 1015');
      return;
    }
    const found = find(method, path);
    if (found === null) {
      const error = mistaken(404, 0, '404: Not Found');
      return refuse(response, `${method} ${path}`, error, {});
    }
    const { route, params } = found;
    const name = `${method} ${route.path}`;
    const subject = params.channel_id ?? params.guild_id ?? params.webhook_token ?? '';
    const taken = rates.take(name, subject, route.bot);
    const body = read instanceof Error ? undefined : (read as { body: unknown }).body;
    const call: Call = { method, route: route.path, params, body, count: count++ };
    calls.push(call);
    const injected = fault(call);
    const interaction = world.interactions.get(params.interaction_id ?? '');
    if (interaction !== undefined && injected !== null) interaction.excused = true;
    if (injected?.kind === 'lost') {
      response.destroy();
      return;
    }
    if (injected?.kind === 'held') await injected.until;
    if (injected?.kind === 'broken') {
      response.writeHead(injected.status, { 'content-type': 'text/plain' }).end('upstream error');
      return;
    }
    const limit =
      injected?.kind === 'limited'
        ? injected
        : taken.retryAfter === null
          ? null
          : { retryAfter: taken.retryAfter, global: taken.global, shared: false };
    if (limit !== null) {
      world.refusals.push({ route: name, status: 429, code: 0 });
      note(429, limit.shared);
      replyLimited(response, taken.headers, limit);
      return;
    }
    try {
      if (read instanceof Error) throw read;
      const { body: given, uploads } = read as Awaited<ReturnType<typeof readBody>>;
      allow(route, request);
      const plain = withoutIdle(given);
      check(route, plain, asked.searchParams);
      const answer = await route.run({ params, query: asked.searchParams, body: plain, uploads });
      const hidden = injected?.kind === 'hidden';
      if (hidden && answer.made) {
        const at = world.sent.findLastIndex(({ message }) => message === answer.made!.id);
        if (at >= 0) world.sent[at] = { ...world.sent[at], hidden };
      }
      if (hidden) response.destroy();
      else reply(response, answer, taken.headers);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refuse(response, name, error, taken.headers);
    }
  }

  function allow(route: Route, request: IncomingMessage): void {
    if (!route.bot) return;
    if (request.headers.authorization !== `Bot ${world.token}` || world.revoked) {
      throw new Refused(401, 0, '401: Unauthorized', { mistake: !world.revoked });
    }
  }

  function check(route: Route, body: unknown, query: URLSearchParams): void {
    const flaws = [
      ...queryFlaws(route.method, route.path, query),
      ...requestFlaws(route.method, route.path, body ?? null),
    ];
    if (flaws.length > 0) throw invalidForm(flaws);
    const bare = route.method === 'GET' || route.method === 'DELETE' || /typing$/.test(route.path);
    if (bare && body !== undefined) throw invalidForm([flaw('', 'This request takes no body')]);
  }

  function note(status: number, shared = false): void {
    if (rates.note(status, shared)) {
      world.violations.push(`too many invalid requests: the address is banned (1015)`);
    }
  }

  function refuse(
    response: ServerResponse,
    name: string,
    error: Refused,
    headers: Readonly<Record<string, string>>,
  ): void {
    world.refusals.push({ route: name, status: error.status, code: error.code });
    if (error.mistake) world.violations.push(`${name}: ${JSON.stringify(error.body())}`);
    note(error.status);
    reply(response, { status: error.status, body: error.body() }, headers);
  }

  function download(path: string, response: ServerResponse): void {
    const file = world.files.get(path.split('/').at(-2) ?? '');
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
  }

  return {
    url,
    token: world.token,
    applicationId: world.self,
    /** 64 hex digits, for checking signatures. */
    publicKey: key.publicHex,
    world,
    gateway,
    delivery,
    endpoint,
    interactions,
    calls,
    rates,
    /** Replaces what is done to requests. */
    inject(next: FaultOf): void {
      fault = next;
    },
    revoke(): void {
      world.revoked = true;
      gateway.close(4004);
    },
    async stop(): Promise<void> {
      gateway.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type FakeDiscord = Awaited<ReturnType<typeof startDiscord>>;

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}
