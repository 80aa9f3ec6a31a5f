import { Hono } from 'hono';
import { PortError } from '../../bot/errors.ts';
import type { ChatAdapter, Clock, Destination, Images, Logger, Random } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import { actRoutes, type WebDoor } from './act-routes.ts';
import { limits } from './limits.ts';
import { createLive } from './live.ts';
import type { WebLog } from './log.ts';
import type { PageSession } from './operation.ts';
import { readPageFiles } from './page-files.ts';
import { type ReadPorts, readRoutes } from './read-routes.ts';
import { render } from './render.ts';
import { beginSession, sameSiteOnly, type Visit, withSession } from './visitor.ts';

export interface WebChatOptions {
  /** The HTTP server: the chat mounts its routes on it. */
  readonly http: { mount(path: string, routes: Hono): void };
  /** Signs the session cookies: 32 random bytes, generated per installation. */
  readonly keys: { readonly session: Uint8Array };
  readonly log: Logger;
  readonly random: Random;
  readonly clock: Clock;
  readonly images: Images;
  readonly messages: WebLog;
  /** Whether the prices behind the chat are simulated: the page says so. */
  readonly simulated: boolean;
  /** Names under which the chat is served when it is not opened by address, without port. */
  readonly publicHosts?: readonly string[];
}

export interface WebChat extends ChatAdapter {
  /** Connects the bot. Until then the chat answers that it is starting. */
  connect(door: WebDoor): void;
  /** Tells open pages to look again: for what another process has written. */
  changed(conversation: string): void;
  /** Ends the open event streams, so that the server can stop. */
  close(): void;
}

/** The built-in web chat: the page, its routes, and the outgoing side of the platform "web". */
export function createWebChat(options: WebChatOptions): WebChat {
  const { log, clock, random, images, messages } = options;
  const live = createLive();
  let connected: WebDoor | null = null;
  const ports: ReadPorts = {
    sessionKey: options.keys.session,
    publicHosts: options.publicHosts ?? [],
    random,
    clock,
    messages,
    live,
    log,
    images,
    door() {
      if (connected === null) throw new PortError('web', 'unreachable', 'Keel is still starting.');
      return connected;
    },
  };

  options.http.mount('/', pageRoutes());
  options.http.mount('/web', chatRoutes(ports, options.simulated));

  async function deliver(
    to: Destination,
    reply: Reply,
    previous: readonly string[] | null,
  ): Promise<readonly string[]> {
    // One conversation per identity; a private reply for somebody else has no place here.
    if (to.identity !== '' && to.identity !== to.conversation) {
      throw new PortError('web', 'refused', 'A web conversation belongs to one person alone.');
    }
    const row = await messages.put(to.conversation, {
      key: reply.key,
      at: clock.now(),
      operation: render(reply),
      replaces: {
        keys: reply.replaces === undefined ? [] : [reply.replaces],
        position: previous?.[0] === undefined ? null : Number(previous[0]),
      },
    });
    live.changed(to.conversation);
    return [String(row.position)];
  }

  return {
    platform: 'web',
    deliver,
    typing: (to) => live.typing(to.conversation),
    connect(door) {
      connected = door;
    },
    changed: live.changed,
    close: live.closeAll,
  };
}

function chatRoutes(ports: ReadPorts, simulated: boolean): Hono {
  const app = new Hono();
  app.use(sameSiteOnly(ports.publicHosts));
  app.post('/session', (c) => {
    beginSession(c, ports);
    const { textLength, fileBytes } = limits;
    return c.json({ simulated, limits: { textLength, fileBytes } } satisfies PageSession);
  });
  const inside = new Hono<Visit>();
  inside.use(withSession(ports));
  inside.route('/', actRoutes(ports));
  inside.route('/', readRoutes(ports));
  app.route('/', inside);
  return app;
}

/** The page is the same for everybody and holds nothing personal, so it needs no session. */
function pageRoutes(): Hono {
  const app = new Hono();
  for (const [address, file] of readPageFiles()) {
    app.get(address, (c) => {
      c.header('Cache-Control', file.immutable ? 'public, max-age=604800' : 'no-cache');
      c.header('ETag', file.etag);
      if (c.req.header('if-none-match') === file.etag) return c.body(null, 304);
      return c.body(new Uint8Array(file.body), 200, { 'Content-Type': file.type });
    });
  }
  return app;
}
