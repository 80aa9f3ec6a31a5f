import type { ServerResponse } from 'node:http';
import type { Answer } from './route.ts';

type Headers = Readonly<Record<string, string>>;

/** Writes an answer; one without content has no content type either. */
export function reply(response: ServerResponse, { status, body }: Answer, headers: Headers): void {
  if (body === undefined) response.writeHead(status, headers).end();
  else {
    response
      .writeHead(status, { ...headers, 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  }
}

export interface Limited {
  /** Seconds. */
  readonly retryAfter: number;
  readonly global?: boolean;
  readonly shared?: boolean;
}

/** 429 with its hints. */
export function replyLimited(response: ServerResponse, headers: Headers, limit: Limited): void {
  const global = limit.global ?? false;
  const scope = limit.shared ? 'shared' : global ? 'global' : 'user';
  const body = { message: 'You are being rate limited.', retry_after: limit.retryAfter, global };
  reply(
    response,
    { status: 429, body },
    {
      ...headers,
      'retry-after': String(Math.ceil(limit.retryAfter)),
      'x-ratelimit-scope': scope,
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': limit.retryAfter.toFixed(3),
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  );
}
