import { createHmac } from 'node:crypto';
import type { SocketHub } from './socket.ts';
import type { Json, World } from './world.ts';

export type DeliveryKind = 'events' | 'commands' | 'interactive' | 'options';

/** Something on its way to the app; sent again it is the same thing, byte for byte. */
export interface Delivery {
  readonly id: string;
  readonly kind: DeliveryKind;
  readonly team: string;
  readonly body: Json;
}

export interface Outcome {
  readonly acknowledged: boolean;
  /** Why not, in the word of X-Slack-Retry-Reason. */
  readonly reason: 'http_timeout' | 'http_error' | 'connection_failed' | null;
  readonly status: number;
  /** What the acknowledgement carried; a string when it was no JSON. */
  readonly body: unknown;
  /** The app asked for no more of this. */
  readonly noRetry: boolean;
}

/** What is done to a delivery on the way. */
export type DeliveryFault =
  | { readonly kind: 'twice' }
  /** The app's answer never arrives: to Slack it looks like silence. */
  | { readonly kind: 'ack lost' }
  | { readonly kind: 'not sent' }
  /** Waits for release(); others overtake it. */
  | { readonly kind: 'held' };

export interface Endpoints {
  readonly events: string;
  readonly commands: string;
  readonly interactive: string;
  readonly options: string;
}

/** Slack tries again at once, after a minute and after five. */
const retryAfterMs = [0, 60_000, 300_000];

export const silence = (reason: NonNullable<Outcome['reason']>): Outcome => ({
  acknowledged: false,
  reason,
  status: 0,
  body: '',
  noRetry: false,
});

interface Options {
  readonly world: World;
  readonly sockets: SocketHub;
  readonly ackMs: number;
  readonly signNow: () => number;
  endpoints(): Endpoints | null;
  fault(delivery: Delivery, attempt: number): DeliveryFault | null;
}

/** How things reach the app: posted and signed, or through Socket Mode while it is connected. */
export function createDelivery({ world, sockets, ackMs, signNow, endpoints, fault }: Options) {
  const open = new Set<Promise<unknown>>();
  let held: (() => void)[] = [];

  function sign(body: string, at: number): string {
    const hmac = createHmac('sha256', world.app.signingSecret).update(`v0:${at}:${body}`);
    return `v0=${hmac.digest('hex')}`;
  }

  /** The request as Slack writes it; tests forge from it. */
  function request(delivery: Delivery, attempt = 0, reason: string | null = null) {
    const { kind, body } = delivery;
    const raw =
      kind === 'events'
        ? JSON.stringify(body)
        : kind === 'commands'
          ? new URLSearchParams(body as Record<string, string>).toString()
          : new URLSearchParams({ payload: JSON.stringify(body) }).toString();
    const at = Math.floor(signNow() / 1_000);
    return {
      url: endpoints()?.[kind] ?? '',
      body: raw,
      headers: {
        'content-type':
          kind === 'events' ? 'application/json' : 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': sign(raw, at),
        ...(attempt === 0
          ? {}
          : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason ?? '' }),
      } as Record<string, string>,
    };
  }

  async function post(
    delivery: Delivery,
    attempt: number,
    reason: string | null,
  ): Promise<Outcome> {
    const { url, body, headers } = request(delivery, attempt, reason);
    try {
      const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
      const text = await response.text();
      const json = /json/.test(response.headers.get('content-type') ?? '') || /^\s*[{[]/.test(text);
      return {
        acknowledged: response.ok,
        reason: response.ok ? null : 'http_error',
        status: response.status,
        body: json && text !== '' ? readJson(text) : text,
        noRetry: response.headers.get('x-slack-no-retry') === '1',
      };
    } catch {
      return silence('connection_failed');
    }
  }

  /** One attempt: an answer after the three seconds counts as none. */
  async function attemptOnce(delivery: Delivery, attempt: number, reason: string | null) {
    const done = fault(delivery, attempt);
    if (done?.kind === 'held') await new Promise<void>((resolve) => held.push(resolve));
    if (done?.kind === 'not sent') return silence('connection_failed');
    const began = world.timers.now();
    const go = () =>
      sockets.wanted() ? sockets.send(delivery, attempt, reason) : post(delivery, attempt, reason);
    let cancel = () => {};
    const late = new Promise<Outcome>((resolve) => {
      cancel = world.timers.after(ackMs, () => resolve(silence('http_timeout')));
    });
    const answers = [go()];
    if (done?.kind === 'twice') answers.push(go());
    const outcome = await Promise.race([answers[0], late]);
    // A duplicate is not waited for, but it must be over before the next thing happens.
    if (answers.length > 1) await Promise.race([answers[1], late]);
    cancel();
    if (done?.kind === 'ack lost') return silence('http_timeout');
    return world.timers.now() - began > ackMs ? silence('http_timeout') : outcome;
  }

  async function again(delivery: Delivery, last: Outcome): Promise<Outcome> {
    let outcome = last;
    for (const [index, ms] of retryAfterMs.entries()) {
      if (outcome.acknowledged || outcome.noRetry) return outcome;
      if (ms > 0) await new Promise<void>((resolve) => world.timers.after(ms, resolve));
      outcome = await attemptOnce(delivery, index + 1, outcome.reason);
    }
    if (!outcome.acknowledged) world.unanswered.push(`${delivery.kind} ${delivery.id}`);
    return outcome;
  }

  function tracked<T>(work: Promise<T>): Promise<T> {
    open.add(work);
    void work.finally(() => open.delete(work));
    return work;
  }

  return {
    request,
    sign,
    /** Sends; events that are not acknowledged come again on Slack's schedule, in the background. */
    async push(delivery: Delivery): Promise<Outcome> {
      const first = await tracked(attemptOnce(delivery, 0, null));
      if (delivery.kind === 'events') {
        if (!first.acknowledged && !first.noRetry) void tracked(again(delivery, first));
      } else if (!first.acknowledged) world.unanswered.push(`${delivery.kind} ${delivery.id}`);
      return first;
    },
    /** Sends the same once more, as Slack does when an acknowledgement got lost. */
    repeat: (delivery: Delivery, attempt = 1): Promise<Outcome> =>
      tracked(attemptOnce(delivery, attempt, 'http_timeout')),
    held: () => held.length,
    /** Lets held deliveries go, the newest first. */
    release(): void {
      const waiting = held.reverse();
      held = [];
      for (const go of waiting) go();
    },
    open: () => open.size,
    /** When nothing is on its way any more; retries that wait for the clock count as on their way. */
    async settled(): Promise<void> {
      while (open.size > 0) await Promise.allSettled([...open]);
    },
  };
}

export type DeliveryOffice = ReturnType<typeof createDelivery>;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
