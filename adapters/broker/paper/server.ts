import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ZodError } from 'zod';
import { createAccounts } from './accounts.ts';
import { createBook } from './book.ts';
import type { BrokerDatabase } from './database.ts';
import type { Endpoint } from './faults.ts';
import { createFaults } from './faults.ts';
import { Refused } from './refused.ts';
import type { Fault } from './wire.ts';
import { controlSchema, orderSchema, quotesSchema, toJson, transferSchema } from './wire.ts';

const LARGEST_BODY = 2_000_000;

export interface PaperServerOptions {
  readonly database: BrokerDatabase;
  readonly token: string;
  /** Opens the door through which tests make the broker misbehave. */
  readonly control: boolean;
  readonly now: () => number;
}

/** The paper broker's HTTP side: authenticates, parses, and hands to the book. */
export function createPaperServer({ database, token, control, now }: PaperServerOptions) {
  const accounts = createAccounts(database);
  const book = createBook(database, accounts, now);
  const faults = createFaults();
  const expected = digest(`Bearer ${token}`);

  /** Runs an endpoint under the fault that is due, if any. */
  async function under(
    endpoint: Endpoint,
    response: ServerResponse,
    work: (fault: Fault['fault'] | null) => unknown,
  ): Promise<void> {
    const fault = faults.take(endpoint);
    if (fault?.kind === 'unavailable') {
      throw new Refused('unavailable', 'The broker is not available at the moment.', 503);
    }
    if (fault?.kind === 'not-found') throw unknownOrder();
    if (fault?.kind === 'delay') await wait(fault.ms);
    const result = work(fault);
    if (fault?.kind === 'never-answer') return;
    if (fault?.kind === 'drop-answer') {
      response.destroy();
      return;
    }
    if (fault?.kind === 'answer-late') await wait(fault.ms);
    send(response, 200, fault?.kind === 'garble-answer' ? { order: 'what?' } : result);
  }

  function submit(body: unknown, fault: Fault['fault'] | null): unknown {
    const order = orderSchema.parse(body);
    faults.count(`submit ${order.clientOrderId}`);
    const halted = faults.isHalted(order.asset) ? `Trading in ${order.asset} is halted.` : null;
    return book.submit(order, {
      part: fault?.kind === 'fill-part' ? fault.part : 1,
      reject: fault?.kind === 'reject' ? fault.reason : halted,
      strictIds: faults.strictIds(),
    });
  }

  function found(id: string): unknown {
    const status = book.find(id);
    if (status === null) throw unknownOrder();
    return status;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      throw new Refused('unauthorized', 'Wrong token.', 401);
    }
    const path = new URL(request.url ?? '/', 'http://broker').pathname.split('/').slice(1);
    const name = decodeURIComponent(path[1] ?? '');
    const body = request.method === 'POST' ? await readJson(request) : null;
    const route = `${request.method} ${path[0]}${path.length > 1 ? '/*' : ''}${path.length > 2 ? `/${path[2]}` : ''}`;
    switch (route) {
      case 'POST orders':
        return under('submit', response, (fault) => submit(body, fault));
      case 'GET orders/*':
        return under('find', response, () => found(name));
      case 'POST orders/*/cancel':
        return under('cancel', response, () => book.cancel(name));
      case 'GET accounts/*':
        return under('account', response, () => accounts.read(name));
      case 'POST transfers':
        return under('transfer', response, () => {
          accounts.transfer(transferSchema.parse(body));
          return {};
        });
      case 'POST quotes':
        return under('quotes', response, () => {
          book.putQuotes(quotesSchema.parse(body).quotes);
          return {};
        });
      case 'POST control': {
        if (!control) break;
        const wanted = controlSchema.parse(body);
        const result =
          wanted.do === 'release' ? book.release(wanted.clientOrderId) : faults.apply(wanted);
        return send(response, 200, result);
      }
    }
    throw new Refused('not-found', 'There is nothing here.', 404);
  }

  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (error instanceof Refused) return send(response, error.status, error);
      if (error instanceof ZodError) {
        const where = error.issues[0]?.path.join('.') ?? '';
        const message = `Not understood: ${where} ${error.issues[0]?.message ?? ''}`.trim();
        return send(response, 400, { code: 'malformed', message });
      }
      console.error(`paper broker: ${error instanceof Error ? error.stack : String(error)}`);
      return send(response, 500, { code: 'internal', message: 'The broker failed.' });
    });
  });
}

function unknownOrder(): Refused {
  return new Refused('unknown-order', 'No such order.', 404);
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

function send(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const body =
    value instanceof Refused ? toJson({ code: value.code, message: value.message }) : toJson(value);
  // A body that was not read to its end must not be taken for the next request.
  const close = status === 401 || status === 413 ? { connection: 'close' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...close });
  response.end(body);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying the request would cut the connection before the refusal is read.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Refused('too-large', 'The request is too large.', 413);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refused('malformed', 'The request is not JSON.', 400);
  }
}
