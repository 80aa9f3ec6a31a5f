import { type Answer, post } from './server.ts';

/** Something the person did, on its way. The id stays the same however often it is sent. */
export interface Delivery {
  readonly id: string;
  readonly path: string;
  readonly body: unknown;
  /** How it shows until the server has it. */
  readonly label: string;
}

export interface DeliveryEvents {
  queued(delivery: Delivery): void;
  accepted(delivery: Delivery): void;
  refused(delivery: Delivery, problem: string): void;
}

const stored = 'keel-unsent';
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000] as const;

/**
 * Sends one thing after the other, in order, and again until the server has answered: what was
 * typed while it was away is not lost, not doubled, and survives a reload.
 */
export function createDeliveries(events: DeliveryEvents) {
  const queue: Delivery[] = [];
  let sending = false;
  let retryNow: () => void = () => undefined;

  function keep(): void {
    const plain = queue.filter(({ body }) => !(body instanceof FormData));
    sessionStorage.setItem(stored, JSON.stringify(plain));
  }

  async function untilAnswered(delivery: Delivery): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      const answer = await post(delivery.path, delivery.body);
      if (answer.ok || (answer.status !== 0 && answer.status !== 503)) return answer;
      await new Promise<void>((resolve) => {
        retryNow = resolve;
        setTimeout(resolve, waitsMs[Math.min(attempt, waitsMs.length - 1)]);
      });
    }
  }

  async function run(): Promise<void> {
    if (sending) return;
    sending = true;
    for (let delivery = queue[0]; delivery !== undefined; delivery = queue[0]) {
      const answer = await untilAnswered(delivery);
      queue.shift();
      keep();
      if (answer.ok) events.accepted(delivery);
      else events.refused(delivery, answer.problem);
    }
    sending = false;
  }

  function add(delivery: Delivery): void {
    queue.push(delivery);
    keep();
    events.queued(delivery);
    void run();
  }

  return {
    send(path: string, fields: Readonly<Record<string, unknown>>, label: string): void {
      const id = crypto.randomUUID();
      add({ id, path, body: { id, ...fields }, label });
    },
    sendFile(file: File, caption: string): void {
      const id = crypto.randomUUID();
      const body = new FormData();
      body.set('id', id);
      body.set('caption', caption);
      body.set('file', file);
      add({ id, path: 'files', body, label: file.name });
    },
    again: add,
    /** The connection is back: do not wait for the next try. */
    retry: () => retryNow(),
    /** Takes up what a reload interrupted. */
    resume(): void {
      const left: Delivery[] = JSON.parse(sessionStorage.getItem(stored) ?? '[]');
      for (const delivery of left) add(delivery);
    },
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;
