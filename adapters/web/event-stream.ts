import type { SSEStreamingApi } from 'hono/streaming';
import type { Logger } from '../../bot/ports.ts';
import { limits } from './limits.ts';
import type { Live } from './live.ts';
import type { LoggedMessage, WebLog } from './log.ts';
import { toPage } from './view.ts';

export interface StreamPorts {
  readonly messages: WebLog;
  readonly live: Live;
  readonly log: Logger;
}

/**
 * Sends a conversation's changes after a cursor until the reader leaves. It reads the log, so what
 * was written before, meanwhile or by another process arrives once and in order; listening only
 * says when to look.
 */
export async function streamChanges(
  { messages, live, log }: StreamPorts,
  stream: SSEStreamingApi,
  conversation: string,
  after: number,
): Promise<void> {
  let open = true;
  let news = true;
  let typing = false;
  let wake: () => void = () => undefined;
  const stop = live.listen(conversation, {
    changed() {
      news = true;
      wake();
    },
    typing() {
      typing = true;
      wake();
    },
    close() {
      open = false;
      wake();
    },
  });
  stream.onAbort(() => {
    open = false;
    wake();
  });

  /** Waits for something to say; a quiet stream looks again at every heartbeat. */
  async function quiet(): Promise<boolean> {
    if (news || typing || !open) return false;
    let timer: NodeJS.Timeout | undefined;
    const timedOut = await new Promise<boolean>((resolve) => {
      wake = () => resolve(false);
      timer = setTimeout(() => resolve(true), limits.heartbeatMs);
    });
    clearTimeout(timer);
    return timedOut;
  }

  try {
    let cursor = after;
    await stream.write('retry: 1000\n\n');
    while (open) {
      if (await quiet()) {
        news = true;
        await stream.write(': still here\n\n');
      }
      if (typing) {
        typing = false;
        await stream.writeSSE({ event: 'typing', data: '{}' });
      }
      if (!news || !open) continue;
      news = false;
      const rows = await messages.after(conversation, cursor, limits.streamPage);
      if (await erasedBefore(messages, conversation, cursor, rows)) {
        await stream.writeSSE({ event: 'reset', data: '{}' });
      }
      for (const row of rows) {
        await stream.writeSSE({
          event: 'message',
          id: String(row.cursor),
          data: JSON.stringify(toPage(row, log)),
        });
        cursor = row.cursor;
      }
      if (rows.length === limits.streamPage) news = true;
    }
  } finally {
    stop();
  }
}

/** Whether what the reader has seen is gone, as after /forget: then the page starts over. */
async function erasedBefore(
  messages: WebLog,
  conversation: string,
  cursor: number,
  rows: readonly LoggedMessage[],
): Promise<boolean> {
  if (cursor === 0 || rows.length === 0) return false;
  const first = Math.min(...rows.map(({ position }) => position));
  if (first <= cursor) return false;
  return (await messages.page(conversation, first, 1)).length === 0;
}
