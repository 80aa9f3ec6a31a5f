import { seededChance } from '../seeded-chance.ts';

/** A request as faults see it. */
export interface Call {
  readonly method: string;
  /** As documented: /channels/{channel_id}/messages. */
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** How many requests came before it. */
  readonly count: number;
}

/** What is done to a request instead of answering it plainly. */
export type Fault =
  | {
      readonly kind: 'limited';
      /** Seconds. */
      readonly retryAfter: number;
      readonly global?: boolean;
      /** Somebody else's use of the same thing: does not count as invalid. */
      readonly shared?: boolean;
    }
  | { readonly kind: 'broken'; readonly status: number }
  /** Carried out, but the answer never arrives. */
  | { readonly kind: 'hidden' }
  /** Neither carried out nor answered. */
  | { readonly kind: 'lost' }
  /** Carried out when the promise resolves. */
  | { readonly kind: 'held'; readonly until: Promise<unknown> };

export type FaultOf = (call: Call) => Fault | null;

/** What happens to a delivery on its way to the bot. */
export type DeliveryFault =
  /** Delivered twice. */
  | 'twice'
  /** Kept back and delivered after the next one. */
  | 'later'
  /** The connection breaks first: it comes with the resumed session. */
  | 'cut';

/**
 * Faults that come as often as asked and the same for the same seed.
 *
 * @param shares how often each comes, as fractions of requests
 */
export function seededFaults(
  seed: number,
  shares: Partial<Record<'limited' | 'broken' | 'hidden' | 'lost', number>>,
  which: (call: Call) => boolean = () => true,
): FaultOf {
  const next = seededChance(seed);
  return (call) => {
    if (!which(call)) return null;
    let at = next();
    for (const [kind, share] of Object.entries(shares)) {
      at -= share;
      if (at >= 0) continue;
      if (kind === 'limited') return { kind, retryAfter: 0.02 };
      if (kind === 'broken') return { kind, status: 503 };
      return { kind: kind as 'hidden' | 'lost' };
    }
    return null;
  };
}

/** Deliveries that come twice, late or over a broken connection, the same for the same seed. */
export function seededDeliveries(
  seed: number,
  shares: Partial<Record<DeliveryFault, number>>,
): () => DeliveryFault | null {
  const next = seededChance(seed);
  return () => {
    let at = next();
    for (const [kind, share] of Object.entries(shares)) {
      at -= share;
      if (at < 0) return kind as DeliveryFault;
    }
    return null;
  };
}
