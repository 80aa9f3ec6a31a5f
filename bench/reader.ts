import { randomUUID } from 'node:crypto';
import type { PageMessage } from '../adapters/web/operation.ts';
import { followEvents } from '../demo/event-feed.ts';

/** A person with the page open: speaks over HTTP and sees answers on the event stream as they come. */
export interface Reader {
  /** Sends a message. @returns when it was sent, and the answer with the time it was seen */
  ask(text: string): Promise<{ sent: number; shown: number; answer: PageMessage }>;
  /** Fetches a chart of a message as PNG. @returns its size in bytes */
  picture(message: PageMessage, hash: string): Promise<number>;
  close(): void;
}

/** Opens the event stream of a session that exists already. */
export async function openReader(address: string, cookie: string): Promise<Reader> {
  const closing = new AbortController();
  const headers = { cookie, origin: address };
  const history = (await (await fetch(`${address}/web/history`, { headers })).json()) as {
    cursor: number;
  };
  let answered: (message: PageMessage) => void = () => undefined;
  void followEvents(
    address,
    { headers, after: history.cursor, signal: closing.signal },
    {
      message(message) {
        if (message.operation.from === 'keel') answered(message);
      },
      reset: () => undefined,
    },
  );

  return {
    async ask(text) {
      const seen = new Promise<{ shown: number; answer: PageMessage }>((resolve) => {
        answered = (answer) => resolve({ shown: performance.now(), answer });
      });
      const sent = performance.now();
      const response = await fetch(`${address}/web/messages`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ id: randomUUID(), text }),
      });
      if (response.status !== 202) throw new Error(`Refused: ${await response.text()}`);
      await response.arrayBuffer();
      return { sent, ...(await seen) };
    },
    async picture(message, hash) {
      const response = await fetch(
        `${address}/web/images/${hash}.png?message=${message.position}&theme=light`,
        { headers },
      );
      if (!response.ok) throw new Error(`The chart was refused: ${await response.text()}`);
      return (await response.arrayBuffer()).byteLength;
    },
    close: () => closing.abort(),
  };
}
