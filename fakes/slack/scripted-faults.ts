import { seededChance } from '../seeded-chance.ts';
import type { Delivery, DeliveryFault } from './delivery.ts';
import type { Fault } from './web-api.ts';

/** Shares of calls and deliveries, from 0 to 1, that something is done to. */
export interface FaultShares {
  readonly flood?: number;
  readonly broken?: number;
  readonly refused?: number;
  readonly hidden?: number;
  readonly twice?: number;
  readonly ackLost?: number;
  readonly notSent?: number;
  /** Waits until delivery.release(), which lets the newest go first. */
  readonly held?: number;
}

/** Faults drawn from a seed: the same seed does the same to the same order of calls. */
export function seededFaults(seed: number, shares: FaultShares) {
  const draw = seededChance(seed);
  const counts: Record<string, number> = {};

  function pick<T extends { readonly kind: string }>(table: readonly (readonly [T, number])[]) {
    let at = draw();
    for (const [fault, share] of table) {
      at -= share;
      if (at >= 0) continue;
      counts[fault.kind] = (counts[fault.kind] ?? 0) + 1;
      return fault;
    }
    return null;
  }

  const { flood = 0, broken = 0, refused = 0, hidden = 0 } = shares;
  const { twice = 0, ackLost = 0, notSent = 0, held = 0 } = shares;
  const fault: Fault = (method) =>
    // Whoever connects, uploads or installs meets faults of its own tests.
    !/^(chat|views|conversations)\./.test(method)
      ? null
      : pick([
          [{ kind: 'flood', retryAfter: 1 }, flood],
          [{ kind: 'broken', status: 503 }, broken],
          [{ kind: 'refused', error: 'internal_error' }, refused],
          [{ kind: 'hidden' }, hidden],
        ]);
  return {
    fault,
    /** Only first attempts: what Slack tries again gets through. */
    deliveryFault: (delivery: Delivery, attempt: number): DeliveryFault | null =>
      attempt > 0
        ? null
        : pick([
            [{ kind: 'twice' }, twice],
            // A command or press has no second attempt, so it is not taken away.
            [{ kind: 'ack lost' }, delivery.kind === 'events' ? ackLost : 0],
            [{ kind: 'not sent' }, delivery.kind === 'events' ? notSent : 0],
            [{ kind: 'held' }, delivery.kind === 'events' ? held : 0],
          ]),
    /** How often each was done. */
    counts: () => ({ ...counts }),
  };
}
