import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PageMessage } from '../adapters/web/operation.ts';
import type { Speaker } from './onboard.ts';

/** What came of a request: acknowledged, refused for now, or cut off without an answer. */
export type Heard = 'acknowledged' | 'refused' | 'cut off';

/** A delivery as the page would make it: sent again it is the same one. */
export interface Delivery {
  readonly id: string;
  readonly path: string;
  readonly body: unknown;
}

/** Somebody in front of the web chat, whose page stays open while the server dies and comes back. */
export interface Person extends Speaker {
  /** A press of the newest button of that label, not sent yet. */
  button(label: string): Promise<Delivery>;
  send(delivery: Delivery): Promise<Heard>;
  /** Sends until it is acknowledged, as a page does when the connection was lost. */
  insist(delivery: Delivery): Promise<void>;
}

const PATIENCE_MS = 30_000;

/**
 * Opens a session. `address` is asked at every request; `answered` resolves when a delivery has been
 * handled and everything it caused was shown.
 */
export async function visitor(
  address: () => string,
  answered: (delivery: string) => Promise<void>,
): Promise<Person> {
  const opened = await fetch(`${address()}/web/session`, {
    method: 'POST',
    headers: { origin: address() },
  });
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0];

  async function send({ path, body }: Delivery): Promise<Heard> {
    const origin = address();
    try {
      const response = await fetch(`${origin}/web/${path}`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (response.status === 202) return 'acknowledged';
      if (response.status === 503) return 'refused';
      throw new Error(`The web chat answered ${response.status}: ${await response.text()}`);
    } catch (error) {
      if (error instanceof TypeError) return 'cut off';
      throw error;
    }
  }

  async function insist(delivery: Delivery): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while ((await send(delivery)) !== 'acknowledged') {
      if (performance.now() > deadline) throw new Error('The web chat took nothing for 30 s.');
      await pause(50);
    }
  }

  async function button(label: string): Promise<Delivery> {
    const origin = address();
    const response = await fetch(`${origin}/web/history`, { headers: { cookie, origin } });
    const { messages } = (await response.json()) as { messages: PageMessage[] };
    for (const { position, operation } of messages.sort((a, b) => b.position - a.position)) {
      const found = operation.actions.find((each) => each.label === label);
      if (found?.kind !== 'choice') continue;
      const id = randomUUID();
      return { id, path: 'buttons', body: { id, message: position, token: found.token } };
    }
    throw new Error(`There is no button "${label}".`);
  }

  async function through(delivery: Delivery): Promise<void> {
    await insist(delivery);
    await answered(delivery.id);
  }

  return {
    button,
    send,
    insist,
    say(text) {
      const id = randomUUID();
      return through({ id, path: 'messages', body: { id, text } });
    },
    press: async (label) => through(await button(label)),
  };
}
