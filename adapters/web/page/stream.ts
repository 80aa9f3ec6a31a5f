import type { PageMessage } from '../operation.ts';

export interface StreamEvents {
  message(message: PageMessage): void;
  typing(): void;
  /** The conversation was erased: start over. */
  reset(): void;
  online(): void;
  offline(): void;
}

/** A short break goes unmentioned. */
const patienceMs = 1_500;
/** A hidden tab gives its connection back: browsers allow six to a host. */
const hiddenMs = 30_000;

/**
 * Follows the conversation from a cursor on. The browser resumes by itself after a break; when it
 * has given up, we begin again after the last message seen.
 */
export function follow(after: number, events: StreamEvents): void {
  let cursor = after;
  let source: EventSource | null = null;
  let complaint: ReturnType<typeof setTimeout> | undefined;
  let hidden: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  function connect(): void {
    source?.close();
    const opened = new EventSource(`/web/events?after=${cursor}`);
    source = opened;
    opened.addEventListener('open', () => {
      attempt = 0;
      clearTimeout(complaint);
      complaint = undefined;
      events.online();
    });
    opened.addEventListener('message', ({ data }) => {
      const message: PageMessage = JSON.parse(data);
      cursor = Math.max(cursor, message.cursor);
      events.message(message);
    });
    opened.addEventListener('typing', () => events.typing());
    opened.addEventListener('reset', () => events.reset());
    opened.addEventListener('error', () => {
      complaint ??= setTimeout(() => events.offline(), patienceMs);
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
      attempt += 1;
      setTimeout(() => source === opened && connect(), Math.min(8_000, 500 * 2 ** attempt));
    });
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hidden);
    if (document.visibilityState === 'visible') {
      if (source === null) connect();
      return;
    }
    hidden = setTimeout(() => {
      source?.close();
      source = null;
    }, hiddenMs);
  });
  addEventListener('online', connect);
  connect();
}
