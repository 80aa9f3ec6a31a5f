import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Delivery, type Outcome, silence } from './delivery.ts';
import { acceptWebSocket, type ServerSocket } from './websocket.ts';
import type { Json, World } from './world.ts';

const envelopeTypes = {
  events: 'events_api',
  commands: 'slash_commands',
  interactive: 'interactive',
  options: 'interactive',
} as const;
const mostConnections = 10;
/** Far below the half minute after which the library gives a quiet line up. */
const pingEveryMs = 10_000;

/** Socket Mode: connections with a ticket, envelopes and their acknowledgements. */
export function createSocketHub(world: World, url: () => string) {
  const tickets = new Set<string>();
  const connections: ServerSocket[] = [];
  const waiting = new Map<string, (outcome: Outcome) => void>();
  let idle: (() => void)[] = [];
  let next = 0;
  let enabled = false;

  function drop(socket: ServerSocket): void {
    const at = connections.indexOf(socket);
    if (at >= 0) connections.splice(at, 1);
  }

  function read(text: string): void {
    let message: { envelope_id?: unknown; payload?: unknown } & Json;
    try {
      message = JSON.parse(text);
    } catch {
      world.violations.push('socket: an acknowledgement is no JSON');
      return;
    }
    const { envelope_id: id, payload, ...rest } = message;
    if (Object.keys(rest).length > 0) {
      world.violations.push(`socket: unknown keys ${Object.keys(rest).join(', ')}`);
    }
    const answer = typeof id === 'string' ? waiting.get(id) : undefined;
    if (answer === undefined) {
      world.violations.push('socket: an acknowledgement of nothing that was sent');
      return;
    }
    waiting.delete(String(id));
    const empty = payload === undefined || Object.keys(payload as Json).length === 0;
    answer({
      acknowledged: true,
      reason: null,
      status: 200,
      body: empty ? '' : payload,
      noRetry: false,
    });
  }

  function accept(request: IncomingMessage, line: Duplex): void {
    const ticket = new URL(request.url ?? '', 'http://fake').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket) || !request.url?.startsWith('/link/')) {
      line.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const socket = acceptWebSocket(request, line);
    connections.push(socket);
    socket.onText(read);
    // By the real time, as the library measures it: without pings it takes the line for dead.
    const pings = setInterval(() => socket.ping(), pingEveryMs).unref();
    socket.onClose(() => {
      clearInterval(pings);
      drop(socket);
    });
    socket.ping();
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.length,
        debug_info: { host: 'fake', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: world.app.id },
      }),
    );
    const ready = idle;
    idle = [];
    for (const go of ready) go();
  }

  return {
    accept,
    /** The app chose Socket Mode: nothing is posted any more. */
    wanted: () => enabled,
    connected: () => connections.length,
    /** An address with a ticket that opens one connection. */
    ticket(): string {
      enabled = true;
      if (connections.length >= mostConnections) throw new Error('too_many_websockets');
      const ticket = `ticket-${world.serial()}`;
      tickets.add(ticket);
      return `${url().replace('http:', 'ws:')}/link/?ticket=${ticket}&app_id=${world.app.id}`;
    },
    /** Resolves when a connection stands. */
    async ready(): Promise<void> {
      while (connections.length === 0) await new Promise<void>((resolve) => idle.push(resolve));
    },
    async send(delivery: Delivery, attempt: number, reason: string | null): Promise<Outcome> {
      if (connections.length === 0) return silence('connection_failed');
      const socket = connections[next++ % connections.length];
      const envelope = `${delivery.id}-${attempt}-${world.serial()}`;
      return new Promise((resolve) => {
        waiting.set(envelope, resolve);
        socket.send(
          JSON.stringify({
            envelope_id: envelope,
            type: envelopeTypes[delivery.kind],
            accepts_response_payload: delivery.kind !== 'events',
            payload: delivery.body,
            ...(delivery.kind === 'events'
              ? { retry_attempt: attempt, retry_reason: reason ?? '' }
              : {}),
          }),
        );
      });
    },
    /** Slack refreshes its connections: a warning first, then the request to come again. */
    refresh(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
      for (const socket of [...connections]) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'fake' } }));
      }
    },
    /** Cuts every line without a word. */
    cut(): void {
      for (const socket of [...connections]) socket.destroy();
    },
    ping(): void {
      for (const socket of connections) socket.ping();
    },
  };
}

export type SocketHub = ReturnType<typeof createSocketHub>;
