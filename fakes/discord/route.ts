import type { Interactions } from './interactions.ts';
import type { Uploads } from './message-body.ts';
import type { Messages } from './messages.ts';
import type { FakeMessage, World } from './world.ts';

export interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly uploads: Uploads;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** The message that the request made, for tests of lost answers. */
  readonly made?: FakeMessage;
}

export interface Route {
  readonly method: string;
  /** As in the official document. */
  readonly path: string;
  /** Needs the bot's token; the others carry their own. */
  readonly bot: boolean;
  readonly run: (request: Request) => Answer | Promise<Answer>;
}

/** What the routes need beside the world. */
export interface Rooms {
  readonly world: World;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly verifyKey: string;
  readonly gateway: { readonly url: string; readonly shards: number };
  /** Tells the gateway of a message that came, changed or went. */
  readonly announce: (what: 'CREATE' | 'UPDATE' | 'DELETE', message: FakeMessage) => void;
  readonly setEndpoint: (url: string | null) => Promise<void>;
}

export const ok = (body: unknown, made?: FakeMessage): Answer => ({
  status: 200,
  body,
  ...(made ? { made } : {}),
});
export const done: Answer = { status: 204 };
