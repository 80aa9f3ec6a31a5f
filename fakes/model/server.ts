import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What the fake does with the next calls. */
export type Behaviour =
  | { readonly kind: 'say'; readonly text: string }
  /** Answers each request by a function of it. */
  | { readonly kind: 'answer'; readonly from: (request: ModelRequest) => string }
  | { readonly kind: 'stall' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'empty' }
  /** Promises a body and breaks off in the middle of it. */
  | { readonly kind: 'cut'; readonly text: string }
  /** A whole answer that says it ran out of tokens. */
  | { readonly kind: 'truncated'; readonly text: string }
  /** Headers at once, then a byte now and then, without end. */
  | { readonly kind: 'drip' };

export type ModelRequest = z.infer<typeof requestSchema>;

const requestSchema = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user']), content: z.string().min(1) }))
    .min(1),
  max_tokens: z.number().int().positive().optional(),
  max_completion_tokens: z.number().int().positive().optional(),
  stream: z.literal(false).optional(),
});

/** A strict stand-in of an OpenAI-compatible server: it refuses what the real one would, and more. */
export async function startFakeModel(key: string) {
  let behaviour: Behaviour = { kind: 'status', status: 503 };
  const requests: ModelRequest[] = [];
  const refusals: string[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const server = createServer(async (request, response) => {
    const refuse = (status: number, why: string) => {
      refusals.push(why);
      json(response, status, { error: { message: why, type: 'invalid_request_error' } });
    };
    if (request.headers.authorization !== `Bearer ${key}`) return refuse(401, 'wrong key');
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      return refuse(404, `${request.method} ${request.url}`);
    }
    const parsed = requestSchema.safeParse(await bodyOf(request));
    if (!parsed.success) return refuse(400, z.prettifyError(parsed.error));
    requests.push(parsed.data);
    answer(response, behaviour, parsed.data);
  });

  function answer(response: ServerResponse, now: Behaviour, request: ModelRequest): void {
    const { model } = request;
    switch (now.kind) {
      case 'say':
        json(response, 200, completion(model, now.text, 'stop'));
        return;
      case 'answer':
        json(response, 200, completion(model, now.from(request), 'stop'));
        return;
      case 'truncated':
        json(response, 200, completion(model, now.text, 'length'));
        return;
      case 'empty':
        json(response, 200, { ...completion(model, '', 'stop'), choices: [] });
        return;
      case 'status':
        json(response, now.status, { error: { message: 'no', type: 'server_error' } });
        return;
      case 'garbage':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('<html>{"choices": [');
        return;
      case 'cut': {
        const body = JSON.stringify(completion(model, now.text, 'stop'));
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        });
        response.write(body.slice(0, body.length / 2), () => response.destroy());
        return;
      }
      case 'drip': {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 20);
        timers.add(timer);
        response.on('close', () => clearInterval(timer));
        return;
      }
      case 'stall':
        return;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    refusals,
    will(next: Behaviour): void {
      behaviour = next;
    },
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function completion(model: string, content: string, reason: 'stop' | 'length') {
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 0,
    model: `${model}-fake`,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: reason }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return null;
  }
}
