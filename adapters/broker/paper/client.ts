import { z } from 'zod';
import { costsOf } from '../../../bot/advice/costs.ts';
import { assetOf } from '../../../bot/catalogue.ts';
import { PortError } from '../../../bot/errors.ts';
import { toUnits } from '../../../bot/money.ts';
import type { Broker, BrokerOrderStatus, Quote } from '../../../bot/ports.ts';
import type { Control, WireStatus } from './wire.ts';
import { accountSchema, refusalSchema, statusSchema, toJson } from './wire.ts';

export interface PaperEndpoint {
  readonly url: string;
  readonly token: string;
}

export interface PaperBroker extends Broker {
  /** The market feed: the broker fills at the quotes it was last told. */
  feed(quotes: readonly Quote[]): Promise<void>;
  /** The tests' door: refused unless the broker was started with it. */
  control(control: Control): Promise<unknown>;
}

export interface PaperClientOptions {
  readonly timeoutMs?: number;
}

/**
 * The broker port over the paper broker's HTTP API. `endpoint` is asked at every call, because a
 * restarted broker listens elsewhere; null while it is down.
 */
export function paperBroker(
  endpoint: () => PaperEndpoint | null,
  { timeoutMs = 5_000 }: PaperClientOptions = {},
): PaperBroker {
  async function call<T>(
    method: 'GET' | 'POST',
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
  ): Promise<T> {
    const at = endpoint();
    if (at === null) throw fail('unreachable', 'The paper broker is not running at the moment.');
    const answer = await exchange(at, method, path, body, timeoutMs);
    if (answer.status !== 200) throw refusal(answer);
    const parsed = schema.safeParse(answer.json);
    if (!parsed.success) {
      throw fail('bad-answer', 'The paper broker answered something that I do not understand.');
    }
    return parsed.data;
  }

  const orderPath = (clientOrderId: string) => `/orders/${encodeURIComponent(clientOrderId)}`;

  return {
    name: 'paper',
    paper: true,
    capabilities: { deduplicates: true, findsFilled: true, transfers: true },
    submit: async (order) =>
      toStatus(
        await call('POST', '/orders', statusSchema, {
          clientOrderId: order.clientOrderId,
          account: order.account,
          asset: order.asset,
          side: order.side,
          units: order.units,
        }),
      ),
    find: async (clientOrderId) => {
      try {
        return toStatus(await call('GET', orderPath(clientOrderId), statusSchema));
      } catch (error) {
        if (error instanceof UnknownOrder) return null;
        throw error;
      }
    },
    cancel: async (clientOrderId) =>
      toStatus(await call('POST', `${orderPath(clientOrderId)}/cancel`, statusSchema, {})),
    account: async (account) => {
      const answer = await call('GET', `/accounts/${encodeURIComponent(account)}`, accountSchema);
      const { cashMinor, currency, positions } = answer;
      return { account: answer.account, cash: { minor: cashMinor, currency }, positions };
    },
    transfer: async ({ id, account, asset, units, cash }) => {
      await call('POST', '/transfers', z.object({}), {
        id,
        account,
        asset,
        units,
        cashMinor: cash.minor,
        currency: cash.currency,
      });
    },
    feed: async (quotes) => {
      await call('POST', '/quotes', z.object({}), { quotes: quotes.flatMap(toWireQuote) });
    },
    control: (control) => call('POST', '/control', z.unknown(), control),
  };
}

class UnknownOrder extends PortError {}

function fail(code: PortError['code'], message: string, cause?: unknown): PortError {
  return new PortError('broker', code, message, { cause });
}

async function exchange(
  at: PaperEndpoint,
  method: string,
  path: string,
  body: unknown,
  timeoutMs: number,
): Promise<{ status: number; json: unknown }> {
  try {
    const response = await fetch(at.url + path, {
      method,
      headers: {
        authorization: `Bearer ${at.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : toJson(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { status: response.status, json: parseJson(text) };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw fail('timeout', `The paper broker did not answer within ${timeoutMs / 1000} s.`, error);
    }
    throw fail('unreachable', 'The paper broker cannot be reached at the moment.', error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A definite no is 4xx; what a 5xx has done is unknown. */
function refusal({ status, json }: { status: number; json: unknown }): PortError {
  const said = refusalSchema.safeParse(json);
  const message = said.success ? said.data.message : `The paper broker answered ${status}.`;
  if (said.success && said.data.code === 'unknown-order') {
    return new UnknownOrder('broker', 'refused', message);
  }
  if (said.success && said.data.code === 'duplicate') {
    return new PortError('broker', 'duplicate', message);
  }
  if (status === 429) return new PortError('broker', 'rate-limited', message);
  if (status >= 500) return new PortError('broker', 'unreachable', message);
  return new PortError('broker', 'refused', message);
}

function toStatus(status: WireStatus): BrokerOrderStatus {
  return {
    clientOrderId: status.clientOrderId,
    state: status.state,
    filledUnits: status.filledUnits,
    reason: status.reason,
    fills: status.fills.map((fill) => ({
      id: fill.id,
      clientOrderId: status.clientOrderId,
      units: fill.units,
      price: fill.price,
      amount: { minor: fill.amountMinor, currency: fill.currency },
      commission: { minor: fill.commissionMinor, currency: fill.currency },
      at: fill.at,
    })),
  };
}

/** Only what can be traded is told: a known asset at a usable price. */
function toWireQuote({ asset, price, day }: Quote): readonly unknown[] {
  const known = assetOf(asset);
  if (known === undefined || !(price > 0 && price <= 1e7)) return [];
  return [{ asset, price, day, step: toUnits(known.unitStep), costs: costsOf(asset) }];
}
