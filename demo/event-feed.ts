import { setTimeout as pause } from 'node:timers/promises';
import type { PageMessage } from '../adapters/web/operation.ts';

/** Wait before a lost stream is opened again; the page of a browser waits a second. */
const AGAIN_MS = 100;

/** What the event stream of a conversation says. */
export interface FeedListener {
  message(message: PageMessage): void;
  /** What was seen so far has been erased. */
  reset(): void;
}

/**
 * Follows a conversation's event stream as the page does: from after a cursor, opened again where it
 * was lost, until it is aborted.
 * @throws what the server says when it refuses the stream
 */
export async function followEvents(
  address: string,
  options: {
    readonly headers: Readonly<Record<string, string>>;
    readonly after: number;
    readonly signal: AbortSignal;
  },
  listener: FeedListener,
): Promise<void> {
  let cursor = options.after;
  const heard: FeedListener = {
    message(message) {
      cursor = Math.max(cursor, message.cursor);
      listener.message(message);
    },
    reset: () => listener.reset(),
  };
  while (!options.signal.aborted) {
    const stream = await opened(`${address}/web/events?after=${cursor}`, options);
    if (stream !== null) await readEvents(stream, heard).catch(() => undefined);
    // A server that is restarting comes back; nobody is kept waiting for the next try alone.
    await pause(AGAIN_MS, undefined, { signal: options.signal, ref: false }).catch(() => undefined);
  }
}

async function opened(
  url: string,
  { headers, signal }: { headers: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<ReadableStream<Uint8Array> | null> {
  // Nobody listens there just now: not a refusal.
  const response = await fetch(url, { headers, signal }).catch(() => null);
  if (response === null) return null;
  if (!response.ok) throw new Error(`The event stream was refused: ${await response.text()}`);
  return response.body;
}

/** Reads server-sent events until the stream ends. */
async function readEvents(body: ReadableStream<Uint8Array>, listener: FeedListener): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split('\n\n');
    rest = parts.pop()!;
    for (const part of parts) {
      const lines = part.split('\n');
      if (lines.includes('event: reset')) listener.reset();
      if (!lines.includes('event: message')) continue;
      const data = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
      listener.message(JSON.parse(data.join('\n')));
    }
  }
}
