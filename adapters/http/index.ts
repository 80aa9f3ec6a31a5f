import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from '../../bot/ports.ts';
import { listenError } from './listen-error.ts';
import { withSecurityHeaders } from './security-headers.ts';

export interface HttpOptions {
  /** An address of this machine; 127.0.0.1 unless the installation says otherwise. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Logger;
  /** How long open requests may take to end when the server stops. */
  readonly graceMs?: number;
}

export interface HttpServer {
  /** Adds an adapter's routes below a path. Call before start. */
  mount(path: string, routes: Hono): void;
  /**
   * Listens.
   * @returns the address to open, e.g. "http://127.0.0.1:3210"
   * @throws {PortError} 'refused' with what to do, when the port is taken
   */
  start(): Promise<string>;
  /** Takes no new requests, lets open ones end, then closes what is left. */
  stop(): Promise<void>;
}

/** No request of any adapter is larger than this; adapters set their own, tighter limits. */
const largestBody = 4 * 1024 * 1024;

/** The one HTTP server: webhooks, web chat and health mount their routes on it. */
export function createHttpServer(options: HttpOptions): HttpServer {
  const { host, log } = options;
  const app = new Hono();
  app.use(withSecurityHeaders);
  app.use(async (c, next) => {
    await next();
    // The rest of a refused body is not read, so the connection cannot carry another request.
    if (c.res.status === 413) c.res.headers.set('Connection', 'close');
  });
  app.use(
    bodyLimit({
      maxSize: largestBody,
      onError: (c) => c.json({ problem: 'That is too large: at most 4 MB fit in a request.' }, 413),
    }),
  );
  app.get('/health', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  app.notFound((c) => c.json({ problem: 'There is nothing at this address.' }, 404));
  app.onError((error, c) => {
    log.error({ method: c.req.method, path: c.req.path, error: String(error) }, 'request failed');
    return c.json({ problem: 'Something broke here. Nothing was done; please try again.' }, 500);
  });

  let server: Server | null = null;
  return {
    mount(path, routes) {
      app.route(path, routes);
    },

    async start() {
      const listening = createAdaptorServer({ fetch: app.fetch }) as Server;
      await new Promise<void>((resolve, reject) => {
        listening.once('error', (error) => reject(listenError(error, host, options.port)));
        listening.listen(options.port, host, () => resolve());
      });
      listening.removeAllListeners('error');
      listening.on('error', (error) => log.error({ error: String(error) }, 'http server'));
      server = listening;
      const bound = listening.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : options.port;
      return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    },

    async stop() {
      if (server === null) return;
      const stopping = server;
      server = null;
      const closed = new Promise<void>((resolve) => stopping.close(() => resolve()));
      // A connection whose request has just ended is idle, and would be kept alive for seconds.
      const sweeping = setInterval(() => stopping.closeIdleConnections(), 20);
      const deadline = setTimeout(() => stopping.closeAllConnections(), options.graceMs ?? 2_000);
      await closed;
      clearInterval(sweeping);
      clearTimeout(deadline);
    },
  };
}
