import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from './answers.ts';
import { type Auth, looseArguments, neededScopes } from './auth-methods.ts';
import type { Methods } from './chat-methods.ts';
import { Invalid } from './message-rules.ts';
import { BadArguments, readArguments } from './params.ts';
import type { SchemaCheck } from './schema.ts';
import type { SocketHub } from './socket.ts';
import type { Json, World } from './world.ts';

/** What is done to a call instead of answering it plainly. */
export type WebFault =
  | { readonly kind: 'flood'; readonly retryAfter: number }
  | { readonly kind: 'broken'; readonly status: number }
  /** A 200 that says no, such as internal_error or fatal_error. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Carried out, but the answer never arrives. */
  | { readonly kind: 'hidden' }
  /** Carried out when the promise resolves. */
  | { readonly kind: 'slow'; readonly until: Promise<unknown> };

export type Fault = (method: string, params: Json, team: string) => WebFault | null;

/** null: the line is cut. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
} | null;

interface Parts {
  readonly world: World;
  readonly schema: SchemaCheck;
  readonly auth: Auth;
  readonly sockets: SocketHub;
  readonly methods: Methods;
  readonly fault: Fault;
  paced(method: string, team: string, params: Json): number | null;
}

/** The Web API: reads a call, checks it, carries it out and answers as Slack does. */
export function createWebApi(parts: Parts) {
  const { world, schema, auth, sockets, methods, paced, ...rest } = parts;
  let fault = rest.fault;
  const calls: { readonly method: string; readonly team: string; readonly params: Json }[] = [];
  const known = (method: string) =>
    Object.hasOwn(methods, method) ||
    method === 'oauth.v2.access' ||
    method === 'apps.connections.open';

  function check(method: string, params: Json): void {
    if (schema.knows(method)) {
      const wrong = schema.method(method, withoutBlocks(method, params));
      if (wrong === null) return;
      const blocky = /\/(blocks|attachments)\b/.test(wrong);
      const error = blocky && !method.startsWith('views.') ? 'invalid_blocks' : 'invalid_arguments';
      throw new Invalid(error, [wrong]);
    }
    const allowed = looseArguments[method] ?? [];
    for (const name of Object.keys(params)) {
      if (!allowed.includes(name)) throw new Invalid('invalid_arguments', [`unknown ${name}`]);
    }
  }

  function run(method: string, params: Json, token: string | null): Json {
    if (method === 'oauth.v2.access') {
      check(method, params);
      return auth.access(params);
    }
    if (token === null) throw new Refused('not_authed');
    if (method === 'apps.connections.open') {
      if (token !== world.app.appToken) {
        throw new Refused(token.startsWith('xoxb-') ? 'not_allowed_token_type' : 'invalid_auth');
      }
      check(method, params);
      return { url: sockets.ticket() };
    }
    const issued = world.tokens.get(token);
    if (issued === undefined) throw new Refused('invalid_auth');
    if (issued.dead !== null) throw new Refused(issued.dead);
    const needed = neededScopes[method] ?? [];
    if (needed.length > 0 && !needed.some((scope) => issued.scopes.includes(scope))) {
      world.violations.push(`${method}: the scope ${needed[0]} was not granted`);
      const provided = issued.scopes.join(',');
      throw new Refused('missing_scope', { needed: needed.join(','), provided });
    }
    // Bolt names the workspace in every call; for a workspace's own token it changes nothing.
    const { team_id: named, ...own } = params;
    if (named !== undefined && named !== issued.team) throw new Invalid('team_access_not_granted');
    check(method, own);
    return methods[method](world.team(issued.team), own);
  }

  function note(method: string, params: Json, hidden: boolean): void {
    if (!/^chat\.post(Message|Ephemeral)$/.test(method)) return;
    world.sent.push({ channel: String(params.channel), text: String(params.text ?? ''), hidden });
  }

  return {
    calls,
    inject(next: Fault): void {
      fault = next;
    },
    async call(method: string, body: string, headers: IncomingHttpHeaders): Promise<Answer> {
      const no = (error: string, more: Json = {}): Answer => ({
        status: 200,
        body: { ok: false, error, ...more },
      });
      try {
        if (!known(method)) {
          world.violations.push(`no method ${method}`);
          return no('unknown_method', { req_method: method });
        }
        const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1];
        const read = readArguments(method, body, headers);
        const client = basic ? Buffer.from(basic, 'base64').toString().split(':') : null;
        const params = client
          ? { client_id: client[0], client_secret: client[1], ...read.params }
          : read.params;
        const team = world.tokens.get(read.token ?? '')?.team ?? '';
        calls.push({ method, team, params });
        const injected = fault(method, params, team);
        if (injected?.kind === 'slow') await injected.until;
        if (injected?.kind === 'flood') return flood(injected.retryAfter);
        if (injected?.kind === 'broken') return { status: injected.status, body: 'upstream error' };
        if (injected?.kind === 'refused') return no(injected.error);
        const wait = paced(method, team, params);
        if (wait !== null) {
          world.violations.push(`${method}: too fast; ${wait} s more`);
          return flood(wait);
        }
        const result = run(method, params, read.token);
        const hidden = injected?.kind === 'hidden';
        note(method, params, hidden);
        return hidden ? null : { status: 200, body: { ok: true, ...result } };
      } catch (error) {
        if (error instanceof Refused) return no(error.message, error.more);
        if (error instanceof BadArguments) {
          world.violations.push(`${method}: ${error.message}`);
          return no(error.message);
        }
        if (!(error instanceof Invalid)) throw error;
        const details = error.details.map((each) => `[ERROR] ${each}`);
        world.violations.push(`${method}: ${error.message} ${details.join('; ')}`.trim());
        return no(error.message, {
          errors: error.details,
          response_metadata: { messages: details },
        });
      }
    },
  };
}

export type WebApi = ReturnType<typeof createWebApi>;

/** Blocks are judged one by one elsewhere, where the complaint names the right one. */
function withoutBlocks(method: string, params: Json): Json {
  if (!/^(chat|views)\./.test(method)) return params;
  const bare = (holder: Json): Json =>
    Array.isArray(holder.blocks) ? { ...holder, blocks: [] } : holder;
  const { view } = params;
  const isView = typeof view === 'object' && view !== null;
  return bare(isView ? { ...params, view: bare(view as Json) } : params);
}

const flood = (seconds: number): Answer => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});
