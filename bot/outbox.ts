import { PortError } from './errors.ts';
import { inLanes } from './in-lanes.ts';
import { inTurn } from './in-turn.ts';
import { deliveryLock } from './owe.ts';
import type { ChatAdapter, Clock, Logger } from './ports.ts';
import type { OutboxRow, Store } from './store.ts';

/** How long to wait before a failed delivery is tried again: 1 s, doubling to 5 minutes. */
export function retryDelayMs(attempts: number, retryAfterMs: number | undefined): number {
  const backoff = Math.min(300_000, 1_000 * 2 ** Math.min(attempts, 9));
  return Math.max(backoff, Math.min(retryAfterMs ?? 0, 3_600_000));
}

/** Delivered at most this often in vain; then parked for an admin to see. */
const MOST_ATTEMPTS = 12;
/** A platform that has not answered by then may have taken the message or not. */
const TIMEOUT_MS = 12_000;
/** Longer than a delivery can take: a message that is still claimed then was left by a crash. */
const CLAIM_MS = 15_000;
/** Conversations that one sweep delivers at once. */
const LANES = 8;

/**
 * Delivers what a conversation is owed, oldest first. A message is claimed before it is sent, so
 * that of many processes one sends it. One whose outcome is unknown is sent again: a repeated
 * message is acceptable, a lost one is not.
 */
export function createOutbox(
  store: Store,
  adapters: ReadonlyMap<string, ChatAdapter>,
  clock: Clock,
  log: Logger,
  timeoutMs = TIMEOUT_MS,
) {
  const turn = inTurn();
  // A platform that another process serves is left to it.
  const platforms = [...adapters.keys()];

  async function claim(conversation: string): Promise<OutboxRow | null> {
    const now = clock.now();
    return store.transact(async (tx) => {
      await tx.lock(deliveryLock(conversation));
      return tx.outbox.claim(conversation, platforms, now, now + CLAIM_MS);
    });
  }

  async function deliverOne(row: OutboxRow): Promise<boolean> {
    const adapter = adapters.get(row.source.platform);
    if (adapter === undefined) return false;
    const key = row.reply.replaces ?? row.reply.key;
    const previous = await store.read.outbox.messageIds(row.conversation, key);
    const to = row.ticket === null ? row.source : { ...row.source, ticket: row.ticket };
    let ids: readonly string[];
    try {
      ids = await within(timeoutMs, adapter.deliver(to, row.reply, previous));
    } catch (error) {
      await failed(row, error);
      return false;
    }
    await store.transact((tx) => tx.outbox.sent(row.id, ids, clock.now()));
    return true;
  }

  async function failed(row: OutboxRow, error: unknown): Promise<void> {
    const known = error instanceof PortError ? error : null;
    const why = known?.message ?? String(error);
    const { platform } = row.source;
    if (known?.code === 'rate-limited') {
      // Waiting is not failing: a busy hour must not park what can be delivered after it.
      const until = clock.now() + retryDelayMs(0, known.retryAfterMs);
      log.info({ outbox: row.id, platform }, 'delivery postponed');
      await store.transact((tx) => tx.outbox.postponed(row.id, why, until));
      return;
    }
    const park =
      known?.code === 'gone' || known?.code === 'refused' || row.attempts + 1 >= MOST_ATTEMPTS;
    const retryAt = park ? null : clock.now() + retryDelayMs(row.attempts, known?.retryAfterMs);
    log.warn({ outbox: row.id, platform, code: known?.code, park }, 'delivery failed');
    await store.transact((tx) => tx.outbox.failed(row.id, why, retryAt));
  }

  async function run(conversation: string): Promise<void> {
    for (;;) {
      const row = await claim(conversation);
      if (row === null || !(await deliverOne(row))) return;
    }
  }

  /** Delivers one conversation; calls for the same conversation queue behind each other. */
  const deliver = (conversation: string) => turn(conversation, () => run(conversation));

  /** Delivers everything whose time has come: at start, and from the sweeper. */
  async function sweep(): Promise<void> {
    if (platforms.length === 0) return;
    const waiting = await store.read.outbox.waiting(clock.now());
    await inLanes(waiting, LANES, (conversation) =>
      deliver(conversation).catch((error: unknown) =>
        log.warn({ error: String(error) }, 'sweep: a delivery is left for later'),
      ),
    );
  }

  return { deliver, sweep };
}

export type Outbox = ReturnType<typeof createOutbox>;

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new PortError('chat', 'timeout', 'The platform did not answer in time.')),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
