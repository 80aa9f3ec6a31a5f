import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import type { FakeSlack } from './server.ts';
import type { Json } from './world.ts';

/** Waits for what other tasks bring about, also on a machine that is busy. */
export const eventually = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 10_000, interval: 5 });

export interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Json;
}

export type Answering = (heard: Heard) =>
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
      /** Answers only when this resolves. */
      readonly after?: Promise<unknown>;
    }
  | undefined;

/** A bare app behind an address: it keeps what it hears and answers as it is told. */
export async function listenTo(fake: FakeSlack, answer: Answering = () => ({})) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const one = { headers: request.headers, raw, body: readBody(raw) };
    heard.push(one);
    const { status = 200, headers = {}, body = '', after } = answer(one) ?? {};
    await after;
    const json = typeof body !== 'string';
    response.writeHead(status, {
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...headers,
    });
    response.end(json ? JSON.stringify(body) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    heard,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readBody(raw: string): Json {
  if (raw.startsWith('{')) return JSON.parse(raw) as Json;
  const form = Object.fromEntries(new URLSearchParams(raw));
  return form.payload === undefined ? form : (JSON.parse(form.payload) as Json);
}

/** A Web API call as WebClient sends it. */
export async function call(
  fake: FakeSlack,
  method: string,
  params: Json = {},
  token: string | null = fake.token(),
): Promise<Json & { readonly ok: boolean; readonly error?: string; readonly status: number }> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const response = await fetch(`${fake.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: form.toString(),
  });
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Json) : { error: text };
  return {
    ok: false,
    ...body,
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
  } as Awaited<ReturnType<typeof call>>;
}
