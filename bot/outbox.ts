import { PortError } from './errors.ts';
import { inTurn } from './in-turn.ts';
import type { ChatAdapter, Clock, Logger } from './ports.ts';
import type { OutboxRow, Store } from './store.ts';

/** How long to wait before a failed delivery is tried again: 1 s, doubling to 5 minutes. */
export function retryDelayMs(attempts: number, retryAfterMs: number | undefined): number {
  const backoff = Math.min(300_000, 1_000 * 2 ** Math.min(attempts, 9));
  return Math.max(backoff, Math.min(retryAfterMs ?? 0, 3_600_000));
}

/** Delivered at most this often in vain; then parked for an admin to see. */
const MOST_ATTEMPTS = 12;

/**
 * Delivers what a conversation is owed, oldest first. A message whose outcome is unknown is sent
 * again: a repeated message is acceptable, a lost one is not.
 */
export function createOutbox(
  store: Store,
  adapters: ReadonlyMap<string, ChatAdapter>,
  clock: Clock,
  log: Logger,
) {
  const turn = inTurn();

  async function deliverOne(row: OutboxRow): Promise<boolean> {
    const adapter = adapters.get(row.source.platform);
    if (adapter === undefined) {
      // Another process may serve that platform; leave the row to it.
      return false;
    }
    const previous = await store.read.outbox.messageIds(
      row.conversation,
      row.reply.replaces ?? row.reply.key,
    );
    try {
      const ids = await adapter.deliver(row.source, row.reply, previous);
      await store.transact((tx) => tx.outbox.sent(row.id, ids, clock.now()));
      return true;
    } catch (error) {
      const known = error instanceof PortError ? error : null;
      const park =
        known?.code === 'gone' || known?.code === 'refused' || row.attempts + 1 >= MOST_ATTEMPTS;
      const retryAt = park ? null : clock.now() + retryDelayMs(row.attempts, known?.retryAfterMs);
      log.warn(
        { outbox: row.id, platform: row.source.platform, code: known?.code, park },
        'delivery failed',
      );
      await store.transact((tx) =>
        tx.outbox.failed(row.id, known?.message ?? String(error), retryAt),
      );
      return false;
    }
  }

  async function run(conversation: string): Promise<void> {
    for (;;) {
      const row = await store.read.outbox.next(conversation, clock.now());
      if (row === null || !(await deliverOne(row))) return;
    }
  }

  /** Delivers one conversation; calls for the same conversation queue behind each other. */
  const deliver = (conversation: string) => turn(conversation, () => run(conversation));

  /** Delivers everything whose time has come: at start, and from the sweeper. */
  async function sweep(): Promise<void> {
    for (const conversation of await store.read.outbox.waiting(clock.now()))
      await deliver(conversation);
  }

  return { deliver, sweep };
}

export type Outbox = ReturnType<typeof createOutbox>;
