import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Frame, type Identify, intents, op, type Resume, readFrame } from './frames.ts';
import { identifyFault } from './identify.ts';
import { shardOf } from './snowflake.ts';
import { wireUser } from './wire.ts';
import { wireGuild } from './wire-places.ts';
import type { World } from './world.ts';

const sendsPerMinute = 120;

/** Something that happened, for the sessions that are to hear of it. */
export interface Dispatch {
  readonly t: string;
  readonly d: unknown;
  readonly guild: string | null;
  /** The intent that is needed to hear of it; 0 for none. */
  readonly intent: number;
}

interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  socket: WebSocket | null;
  readonly sent: Frame[];
  /** The last number that a heartbeat named, and how many heartbeats there were. */
  heard: number;
  beats: number;
}

export interface GatewayOptions {
  readonly heartbeatMs: number;
  readonly onIdentify?: (shard: readonly [number, number]) => void;
}

/** The gateway: sessions that outlive their connection, and what was dispatched to them. */
export function createGateway(world: World, options: GatewayOptions) {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const sockets = new Set<WebSocket>();
  /** Heartbeats that were asked for and have not come: bots do not choose their pace. */
  const owed = new WeakMap<WebSocket, number>();
  /** What had been sent and answered when a heartbeat was last asked for, whoever waits for it. */
  const asked = new WeakMap<WebSocket, string>();
  let listeners: (() => void)[] = [];
  let lastSession = 0;
  const closes: number[] = [];

  function changed(): void {
    for (const look of listeners) look();
  }

  /** Resolves as soon as it holds; looked at after every frame. */
  function until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        listeners = listeners.filter((one) => one !== look);
        resolve();
      };
      listeners.push(look);
    });
  }

  function send(socket: WebSocket, frame: Frame): void {
    if (socket.readyState === socket.OPEN) {
      socket.send(JSON.stringify({ t: null, s: null, d: null, ...frame }));
    }
  }

  function refuse(socket: WebSocket, code: number, why: string, blamed = true): void {
    if (blamed) world.violations.push(`gateway ${code}: ${why}`);
    closes.push(code);
    socket.close(code, why);
  }

  function tell(session: Session, t: string, d: unknown): void {
    const frame = { op: op.dispatch, t, s: session.sent.length + 1, d };
    session.sent.push(frame);
    if (session.socket !== null) send(session.socket, frame);
  }

  function connect(socket: WebSocket, query: URLSearchParams): void {
    sockets.add(socket);
    let session: Session | null = null;
    let frames: number[] = [];
    socket.on('close', () => {
      sockets.delete(socket);
      if (session?.socket === socket) session.socket = null;
      changed();
    });
    if (query.get('v') !== '10') {
      refuse(socket, 4012, `version ${query.get('v')}`);
      return;
    }
    if (query.get('encoding') !== 'json' || query.has('compress')) {
      refuse(socket, 4002, 'only plain JSON is spoken here');
      return;
    }
    send(socket, { op: op.hello, d: { heartbeat_interval: options.heartbeatMs } });
    socket.on('message', (data, binary) => {
      const frame = binary ? null : readFrame(String(data));
      const due = owed.get(socket) ?? 0;
      if (frame?.op === op.heartbeat && due > 0) owed.set(socket, due - 1);
      else {
        frames = frames.filter((at) => at > world.now() - 60_000);
        frames.push(world.now());
      }
      if (frames.length > sendsPerMinute)
        return refuse(socket, 4008, 'more than 120 frames a minute');
      if (frame === null) return refuse(socket, 4002, 'not a frame');
      session = take(socket, session, frame) ?? session;
      changed();
    });
  }

  function take(socket: WebSocket, session: Session | null, frame: Frame): Session | null {
    switch (frame.op) {
      case op.heartbeat:
        if (session !== null) {
          session.beats += 1;
          if (typeof frame.d === 'number') session.heard = frame.d;
        }
        send(socket, { op: op.ack });
        return null;
      case op.identify:
        if (session !== null) refuse(socket, 4005, 'already identified');
        else return identify(socket, frame.d as Identify);
        return null;
      case op.resume:
        return resume(socket, frame.d as Resume);
      case op.presence:
        if (session === null) refuse(socket, 4003, 'not identified');
        return null;
      default:
        if (session === null) refuse(socket, 4003, 'not identified');
        else refuse(socket, 4001, `opcode ${frame.op}`);
        return null;
    }
  }

  function identify(socket: WebSocket, asked: Identify): Session | null {
    const shard = asked.shard ?? ([0, 1] as const);
    const wrong = identifyFault(world, asked, shard);
    if (wrong !== null) {
      refuse(socket, wrong.code, wrong.why, wrong.blamed);
      return null;
    }
    // A shard that identifies anew has given up what it had.
    for (const old of sessions.values()) {
      if (old.socket === null && old.shard[0] === shard[0]) sessions.delete(old.id);
    }
    lastSession += 1;
    const session: Session = {
      id: `session${lastSession}`,
      shard,
      intents: asked.intents,
      socket,
      sent: [],
      heard: 0,
      beats: 0,
    };
    sessions.set(session.id, session);
    options.onIdentify?.(shard);
    const guilds = [...world.guilds.values()].filter(
      (guild) => guild.joined && shardOf(guild.id, shard[1]) === shard[0],
    );
    tell(session, 'READY', {
      v: 10,
      user: wireUser(world, world.self),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: gateway.url,
      shard,
      application: { id: world.self, flags: 0 },
      private_channels: [],
      presences: [],
      relationships: [],
    });
    if (session.intents & intents.guilds) {
      for (const guild of guilds) tell(session, 'GUILD_CREATE', wireGuild(world, guild));
    }
    return session;
  }

  function resume(socket: WebSocket, asked: Resume): Session | null {
    const session = sessions.get(asked.session_id);
    if (asked.token !== world.token || world.revoked) {
      refuse(socket, 4004, 'Authentication failed.', !world.revoked);
      return null;
    }
    if (session === undefined) {
      send(socket, { op: op.invalid, d: false });
      return null;
    }
    if (!Number.isInteger(asked.seq) || asked.seq > session.sent.length) {
      refuse(socket, 4007, `Invalid seq ${asked.seq}`);
      return null;
    }
    session.socket = socket;
    session.heard = asked.seq;
    for (const frame of session.sent.slice(asked.seq)) send(socket, frame);
    tell(session, 'RESUMED', {});
    return session;
  }

  function live(): Session[] {
    return [...sessions.values()].filter((one) => one.socket !== null);
  }

  const gateway = {
    /** Set by the server. */
    url: '',
    /** Codes with which bots were shown out. */
    closes,
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
      server.handleUpgrade(request, socket, head, (made) => connect(made, query));
    },
    /** Tells the shard that the guild belongs to; a session that is cut off hears it when it resumes. */
    dispatch({ t, d, guild, intent }: Dispatch): void {
      for (const session of sessions.values()) {
        const here = shardOf(guild, session.shard[1]) === session.shard[0];
        if (here && (intent === 0 || (session.intents & intent) !== 0)) tell(session, t, d);
      }
    },
    sessions: () =>
      [...sessions.values()].map(({ id, shard, intents: asked, socket, sent, heard }) => ({
        id,
        shard,
        intents: asked,
        connected: socket !== null,
        dispatched: sent.length,
        heard,
      })),
    /** Resolves when so many sessions are there and have heard that they are. */
    async connected(count = 1): Promise<void> {
      await until(() => live().length >= count);
      await gateway.heard();
    },
    until,
    /** Asks every session for a heartbeat and resolves when each has named the last dispatch. */
    heard(): Promise<void> {
      return until(() => {
        const here = live();
        const behind = here.filter((session) => session.heard < session.sent.length);
        for (const { socket, sent, beats } of behind) {
          // Again after a new dispatch, on a new connection, and when the answer named an older one.
          const state = `${sent.length} ${beats}`;
          if (asked.get(socket!) === state) continue;
          asked.set(socket!, state);
          owed.set(socket!, (owed.get(socket!) ?? 0) + 1);
          send(socket!, { op: op.heartbeat });
        }
        return here.length > 0 && behind.length === 0;
      });
    },
    /** Breaks the connections; sessions stay and can be resumed. */
    cut(): void {
      for (const { socket } of live()) socket!.terminate();
      for (const session of sessions.values()) session.socket = null;
    },
    /** Asks the bot to come back by another connection. */
    askToReconnect(): void {
      for (const { socket } of live()) send(socket!, { op: op.reconnect });
    },
    /** Tells the bot that its session is over. */
    invalidate(resumable: boolean): void {
      for (const session of live()) {
        send(session.socket!, { op: op.invalid, d: resumable });
        if (!resumable) sessions.delete(session.id);
      }
    },
    close(code: number): void {
      for (const { socket } of live()) socket!.close(code);
    },
    stop(): void {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
  return gateway;
}

export type Gateway = ReturnType<typeof createGateway>;
