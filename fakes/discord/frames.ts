/** Intents by their bit. */
export const intents = {
  guilds: 1 << 0,
  members: 1 << 1,
  presences: 1 << 8,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  content: 1 << 15,
} as const;

/** Frames by their opcode. */
export const op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;

export interface Frame {
  readonly op: number;
  readonly t?: string;
  readonly s?: number | null;
  readonly d?: unknown;
}

export interface Identify {
  readonly token: string;
  readonly intents: number;
  readonly shard?: readonly [number, number];
  readonly compress?: boolean;
  readonly properties?: { readonly os?: string };
}

export interface Resume {
  readonly token: string;
  readonly session_id: string;
  readonly seq: number;
}

/** A frame from the bot; null when it is none. */
export function readFrame(text: string): Frame | null {
  try {
    const frame = JSON.parse(text) as Frame | null;
    return typeof frame?.op === 'number' ? frame : null;
  } catch {
    return null;
  }
}
