import { type RawFile, REST, RESTEvents, type RouteLike } from 'discord.js';
import type { Timer } from '../timer.ts';
import { sentences } from './faults.ts';
import { createInvalidCount } from './invalid-requests.ts';
import { choices } from './limits.ts';

export interface ApiOptions {
  readonly token: string;
  /** With /api and without the version; Discord's own when absent. */
  readonly apiRoot?: string | undefined;
  readonly timer: Timer;
  readonly timeoutMs?: number | undefined;
  /** Refused requests in ten minutes after which nothing is sent. */
  readonly mostInvalid?: number | undefined;
  /** What is wrong, in a sentence for those who run Keel. */
  readonly tell: (sentence: string) => void;
}

export interface Call {
  readonly body?: unknown;
  readonly files?: readonly RawFile[];
  readonly query?: URLSearchParams;
  /** Interactions carry a token of their own in the route. */
  readonly auth?: boolean;
  /** Somebody waits for it this moment. */
  readonly urgent?: boolean;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

interface Limited {
  readonly retryAfter: number;
  readonly timeToReset: number;
}

/** The options that every client of the library gets: its queue, and no retries of its own. */
export function restOptions(
  { apiRoot, timeoutMs }: Pick<ApiOptions, 'apiRoot' | 'timeoutMs'>,
  tooMany: () => boolean = () => false,
) {
  return {
    ...(apiRoot === undefined ? {} : { api: apiRoot }),
    version: '10',
    timeout: timeoutMs ?? choices.timeoutMs,
    // The outbox tries again, and knows what was sent.
    retries: 0,
    // A refusal that names no time comes from in front of Discord; the library would ask at once again.
    rejectOnRateLimit: ({ retryAfter, timeToReset }: Limited) =>
      !(retryAfter > 0) || Math.max(retryAfter, timeToReset) > choices.patienceMs || tooMany(),
  };
}

/** Discord's REST, through the library's own queue of rate limits. */
export function createApi(options: ApiOptions) {
  const { timer, mostInvalid, tell, token } = options;
  const invalid = createInvalidCount(timer.now, mostInvalid);
  const given = restOptions(options, () => invalid.stops(true));
  const rest = new REST(given).setToken(token);
  // Interactions do not count towards the limit of all requests together, so they never queue for it.
  const hooks = new REST({ ...given, globalRequestsPerSecond: 10_000 });
  for (const each of [rest, hooks]) {
    each.on(RESTEvents.Response, (_, { status, headers }) => {
      if (invalid.note(status, headers.get('x-ratelimit-scope'))) tell(sentences.invalid);
    });
  }
  return {
    async call<T = unknown>(method: Method, route: RouteLike, asked: Call = {}): Promise<T> {
      const { urgent = false, body, files, query, auth = true } = asked;
      invalid.check(urgent);
      return (await (auth ? rest : hooks).request({
        method: method as never,
        fullRoute: route,
        auth,
        ...(body === undefined ? {} : { body }),
        ...(files === undefined || files.length === 0 ? {} : { files: [...files] }),
        ...(query === undefined ? {} : { query }),
      })) as T;
    },
    invalid: invalid.count,
    close(): void {
      for (const each of [rest, hooks]) {
        each.clearHandlerSweeper();
        each.clearHashSweeper();
      }
    },
  };
}

export type Api = ReturnType<typeof createApi>;
