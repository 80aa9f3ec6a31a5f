import { type RawFile, REST, RESTEvents, type RouteLike } from 'discord.js';
import { sentences } from './faults.ts';
import { createInvalidCount } from './invalid-requests.ts';
import { choices } from './limits.ts';
import type { Timer } from './timer.ts';

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

/** The options that every client of the library gets: its queue, and no retries of its own. */
export function restOptions({ apiRoot, timeoutMs }: Pick<ApiOptions, 'apiRoot' | 'timeoutMs'>) {
  return {
    ...(apiRoot === undefined ? {} : { api: apiRoot }),
    version: '10',
    timeout: timeoutMs ?? choices.timeoutMs,
    // The outbox tries again, and knows what was sent.
    retries: 0,
    rejectOnRateLimit: ({ retryAfter, timeToReset }: { retryAfter: number; timeToReset: number }) =>
      Math.max(retryAfter, timeToReset) > choices.patienceMs,
  };
}

/** Discord's REST, through the library's own queue of rate limits. */
export function createApi(options: ApiOptions) {
  const rest = new REST(restOptions(options)).setToken(options.token);
  const invalid = createInvalidCount(options.timer.now, options.mostInvalid);
  rest.on(RESTEvents.Response, (_, { status, headers }) => {
    if (invalid.note(status, headers.get('x-ratelimit-scope'))) options.tell(sentences.invalid);
  });
  return {
    async call<T = unknown>(method: Method, route: RouteLike, given: Call = {}): Promise<T> {
      const { urgent = false, body, files, query, auth = true } = given;
      invalid.check(urgent);
      return (await rest.request({
        method: method as never,
        fullRoute: route,
        auth,
        ...(body === undefined ? {} : { body }),
        ...(files === undefined || files.length === 0 ? {} : { files: [...files] }),
        ...(query === undefined ? {} : { query }),
      })) as T;
    },
    invalid: invalid.count,
  };
}

export type Api = ReturnType<typeof createApi>;
