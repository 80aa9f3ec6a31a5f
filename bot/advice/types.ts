import type { Source } from '../event.ts';
import type { Money, Units } from '../money.ts';

/** A stored piece of advice. Its inputs are content-addressed, so restated prices do not change it. */
export interface Recommendation {
  readonly id: string;
  readonly workspace: string;
  readonly person: string;
  readonly createdAt: number;
  readonly engineVersion: string;
  readonly seed: number;
  /** SHA-256 of the canonical inputs (artifact), and of the price window they name. */
  readonly inputsHash: string;
  readonly panelHash: string;
  /** Canonical JSON; `advice/record.ts` owns their shape. */
  readonly policy: string;
  readonly result: string;
  readonly drivers: string;
}

export type ProposalState =
  | 'proposed'
  | 'approved'
  | 'confirmed'
  | 'submitting'
  | 'partly-filled'
  | 'filled'
  | 'failed'
  | 'cancelled'
  | 'declined'
  | 'expired'
  | 'superseded';

/** One trade of a proposal. Sells come first. */
export interface Leg {
  readonly index: number;
  readonly asset: string;
  readonly side: 'buy' | 'sell';
  readonly units: Units;
  /** Price the person saw, in the asset's currency. */
  readonly price: number;
  readonly amount: Money;
  readonly cost: Money;
}

export interface Proposal {
  readonly id: string;
  readonly workspace: string;
  readonly person: string;
  readonly recommendationId: string;
  /** Rises by one with every transition; a button carries the version it was shown with. */
  readonly version: number;
  /** SHA-256 of the legs and prices shown. */
  readonly hash: string;
  readonly state: ProposalState;
  readonly legs: readonly Leg[];
  /** The UTC day of the prices quoted. */
  readonly pricedOn: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Who confirmed, once someone has. */
  readonly confirmedBy: string | null;
  /** Why it ended, when it did not fill. */
  readonly reason: string | null;
  /** Who asked, and where the outcome is told. */
  readonly source: Source;
  /** The message key that the outcome replaces. */
  readonly messageKey: string;
}

export type OrderState =
  | 'prepared'
  | 'accepted'
  | 'partly-filled'
  | 'filled'
  | 'rejected'
  | 'cancelled';

export interface Order {
  /** Derived from proposal and leg, so a retry cannot buy twice. */
  readonly clientOrderId: string;
  readonly proposalId: string;
  readonly workspace: string;
  readonly person: string;
  readonly leg: number;
  readonly asset: string;
  readonly side: 'buy' | 'sell';
  readonly units: Units;
  readonly state: OrderState;
  readonly filledUnits: Units;
  readonly reason: string | null;
}

export interface Fill {
  /** The broker's own id of the fill: stored once. */
  readonly id: string;
  readonly clientOrderId: string;
  readonly units: Units;
  readonly price: number;
  /** Units x price, rounded by the broker; always positive. */
  readonly amount: Money;
  readonly commission: Money;
  readonly at: number;
}

/** One line of the person's exact ledger. Positions and cash are sums over it; lots come from its order. */
export interface LedgerEntry {
  /** Unique per workspace: an entry written twice is one entry. */
  readonly id: string;
  readonly at: number;
  readonly kind: 'declared' | 'fill';
  /** null for a pure cash line. */
  readonly asset: string | null;
  /** Signed change. */
  readonly units: Units;
  /** Signed change of cash, in minor units of `currency`. */
  readonly cashMinor: bigint;
  /** Signed change of what was put in: market value when declared, amount with commission for a fill. */
  readonly costMinor: bigint;
  readonly currency: string;
  /** Fill id or revision of the declaration it comes from. */
  readonly reference: string;
}

export interface Holdings {
  readonly cash: Money;
  /** Only positions that are not zero, by symbol. */
  readonly positions: readonly {
    readonly asset: string;
    readonly units: Units;
    readonly costMinor: bigint;
  }[];
  /** Rises with every ledger entry; a commit checks it. */
  readonly version: number;
}
