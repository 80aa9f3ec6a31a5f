import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createDelivery } from './delivery.ts';
import { methodsOf, type Params, Refused, type Uploads } from './methods.ts';
import { createPaceCheck } from './pace-check.ts';
import { schemaCheck, schemaMissing } from './schema.ts';
import { createWorld } from './world.ts';

/** What is done to a request instead of answering it plainly. */
export type Fault =
  | { readonly kind: 'flood'; readonly retryAfter: number }
  | { readonly kind: 'broken'; readonly status: number }
  /** Carried out, but the answer never arrives. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'slow'; readonly ms: number };

export interface FakeOptions {
  readonly now?: () => number;
  /** Time by which the pace is judged; null judges none. */
  readonly paceNow?: (() => number) | null;
  /** Asked for every call; null lets it pass. */
  readonly fault?: (method: string, params: Params) => Fault | null;
}

/**
 * A small working Bot API on loopback. Strict: every request is checked against the published types
 * and limits, and what is wrong is refused as Telegram would and kept as a violation.
 */
export async function startTelegram(options: FakeOptions = {}) {
  if (schemaMissing !== null) throw new Error(schemaMissing);
  const world = createWorld(options.now ?? Date.now);
  const delivery = createDelivery(world);
  const methods = methodsOf(world);
  const check = schemaCheck();
  const paceNow = options.paceNow === undefined ? Date.now : options.paceNow;
  const paced = paceNow === null ? () => null : createPaceCheck(paceNow);
  let fault = options.fault ?? (() => null);
  const calls: { readonly method: string; readonly params: Params }[] = [];

  async function answer(method: string, params: Params, uploads: Uploads): Promise<unknown> {
    const wrong = check(method, params);
    if (wrong !== null) throw new Error(`Bad Request: ${wrong}`);
    if (method === 'getUpdates') return delivery.getUpdates(params);
    if (method === 'setWebhook') return delivery.setWebhook(params);
    if (!Object.hasOwn(methods, method)) throw new Refused(404, 'Not Found');
    return methods[method](params, uploads);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURI(request.url ?? '');
    const file = /^\/file\/bot([^/]+)\/documents\/(.+)$/.exec(path);
    if (file !== null) {
      const bytes = file[1] === world.token ? world.files.get(file[2]) : undefined;
      response.writeHead(bytes ? 200 : 404).end(bytes);
      return;
    }
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    const { params, uploads } = await read(request);
    if (token !== world.token || world.revoked) {
      return reply(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
    }
    calls.push({ method, params });
    const injected = fault(method, params);
    if (injected?.kind === 'slow') await pause(injected.ms);
    if (injected?.kind === 'flood') {
      return reply(response, 429, {
        ok: false,
        error_code: 429,
        description: `Too Many Requests: retry after ${injected.retryAfter}`,
        parameters: { retry_after: injected.retryAfter },
      });
    }
    if (injected?.kind === 'broken') {
      return reply(response, injected.status, {
        ok: false,
        error_code: injected.status,
        description: 'Internal Server Error',
      });
    }
    const hurried = paced(method, params);
    if (hurried !== null) world.violations.push(hurried);
    try {
      const result = await answer(method, params, uploads);
      const hidden = injected?.kind === 'hidden';
      note(method, params, result, hidden);
      if (hidden) response.destroy();
      else reply(response, 200, { ok: true, result });
    } catch (error) {
      const code = error instanceof Refused ? error.code : 400;
      const description = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Refused)) world.violations.push(`${method}: ${description}`);
      const parameters = error instanceof Refused ? { parameters: error.parameters } : {};
      reply(response, code, { ok: false, error_code: code, description, ...parameters });
    }
  }

  function note(method: string, params: Params, result: unknown, hidden: boolean): void {
    if (!/^send(Message|Photo|Document)$/.test(method)) return;
    const { text, caption } = result as { readonly text?: string; readonly caption?: string };
    world.sent.push({ chat: Number(params.chat_id), text: text ?? caption ?? '', hidden });
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      world.violations.push(`the fake failed: ${String(error)}`);
      response.destroy();
    });
  });
  // A connection that is closed for being quiet would look like a fault that nobody injected.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token: world.token,
    world,
    delivery,
    calls,
    /** Replaces what is done to requests. */
    inject(next: NonNullable<FakeOptions['fault']>): void {
      fault = next;
    },
    revoke(): void {
      world.revoked = true;
      delivery.interrupt(new Refused(401, 'Unauthorized'));
    },
    async stop(): Promise<void> {
      delivery.interrupt(new Refused(500, 'Internal Server Error'));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type FakeTelegram = Awaited<ReturnType<typeof startTelegram>>;

/** JSON, or a form with files whose fields hold JSON. */
async function read(request: IncomingMessage): Promise<{ params: Params; uploads: Uploads }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const uploads = new Map<string, { name: string; bytes: Uint8Array }>();
  if (!type.startsWith('multipart/form-data')) {
    return { params: body.length === 0 ? {} : (JSON.parse(body.toString()) as Params), uploads };
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const params: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string') {
      uploads.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    } else
      params[name] =
        /^(true|false|-?\d+|[[{].*)$/s.test(value) && !free.has(name) ? JSON.parse(value) : value;
  }
  return { params, uploads };
}

/** Fields that are words whatever they look like. */
const free = new Set(['caption', 'text']);

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
