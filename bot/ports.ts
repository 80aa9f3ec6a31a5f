import type { PricePanel } from '../engine/panel.ts';
import type { Fill, OrderState } from './advice/types.ts';
import type { ChartSpec } from './charts/spec.ts';
import type { Ticket } from './event.ts';
import type { Money, Units } from './money.ts';
import type { Reply } from './reply.ts';

/** What the bot needs from outside, each an interface that an adapter implements. The store has store.ts. */

/** Now is an input: milliseconds since the epoch, UTC. */
export interface Clock {
  now(): number;
}

/** Unpredictable bytes for ids and tokens. Never used by the engine. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** One raw daily bar. `close` is as traded that day, before later splits and dividends. */
export interface Bar {
  readonly asset: string;
  /** UTC day number. */
  readonly day: number;
  readonly open: number | null;
  readonly close: number;
  readonly volume: number | null;
}

/** On `day` (ex-date), before the open: each unit became `split` units and paid `dividend` of cash. */
export interface CorporateAction {
  readonly asset: string;
  readonly day: number;
  /** Cash per unit held before the split; 0 when none. */
  readonly dividend: number;
  /** 1 when none; 4 for a 4-for-1 split. */
  readonly split: number;
}

export interface PriceBatch {
  readonly bars: readonly Bar[];
  readonly actions: readonly CorporateAction[];
  /** What was asked for and not delivered, with the reason in plain words. Never silently absent. */
  readonly missing: readonly {
    readonly asset: string;
    readonly day?: number;
    readonly reason: string;
  }[];
}

/** A source of prices. One file each in adapters/prices. */
export interface PriceProvider {
  /** Stored with every price, e.g. "yahoo", "csv:core_panel_adjclose.csv.gz", "sandbox:1". */
  readonly source: string;
  readonly simulated: boolean;
  /** Symbols it can deliver, or null when it can only tell by asking. */
  symbols(): Promise<readonly string[] | null>;
  /** Daily bars from `fromDay` to `toDay`, both included. @throws PortError */
  fetch(assets: readonly string[], fromDay: number, toDay: number): Promise<PriceBatch>;
}

/** The market as the bot sees it: built from stored bars, kept in memory, renewed by the refresh job. */
export interface MarketView {
  readonly source: string;
  readonly simulated: boolean;
  /** Total-return prices for the engine. */
  readonly panel: PricePanel;
  /** SHA-256 over assets, days and prices. */
  readonly panelHash: string;
  /** Last raw close by symbol, for valuation and orders. */
  readonly quotes: ReadonlyMap<string, Quote>;
  /** Named rule by which gaps and unequal histories were handled, as a sentence for the reply. */
  readonly rule: string;
  readonly missing: PriceBatch['missing'];
}

export interface Quote {
  readonly asset: string;
  readonly price: number;
  /** UTC day number of that close. */
  readonly day: number;
  readonly source: string;
}

export interface BrokerOrder {
  readonly clientOrderId: string;
  readonly account: string;
  readonly asset: string;
  readonly side: 'buy' | 'sell';
  readonly units: Units;
}

export interface BrokerOrderStatus {
  readonly clientOrderId: string;
  readonly state: Exclude<OrderState, 'prepared'>;
  readonly filledUnits: Units;
  readonly fills: readonly Fill[];
  /** Why it was rejected or cancelled, in the broker's words. */
  readonly reason: string | null;
}

/** Moves declared holdings into or out of a paper account; idempotent by id. */
export interface BrokerTransfer {
  readonly id: string;
  readonly account: string;
  readonly asset: string | null;
  readonly units: Units;
  readonly cash: Money;
}

export interface BrokerAccount {
  readonly account: string;
  readonly cash: Money;
  readonly positions: readonly { readonly asset: string; readonly units: Units }[];
}

export interface Broker {
  readonly name: string;
  readonly paper: boolean;
  readonly capabilities: {
    /** A second submit under the same client id is refused or answered with the first. */
    readonly deduplicates: boolean;
    /** Filled orders can still be looked up by client id. */
    readonly findsFilled: boolean;
    readonly transfers: boolean;
  };
  /**
   * @throws PortError 'refused' for a definite no, 'duplicate' when the id was used before, 'timeout'
   * or 'unreachable' when it is unknown.
   */
  submit(order: BrokerOrder): Promise<BrokerOrderStatus>;
  /** null when the broker has never seen the id. */
  find(clientOrderId: string): Promise<BrokerOrderStatus | null>;
  cancel(clientOrderId: string): Promise<BrokerOrderStatus>;
  account(account: string): Promise<BrokerAccount>;
  transfer(transfer: BrokerTransfer): Promise<void>;
}

/** Long engine work on worker threads. Tasks are functions of plain data, by name, in engine/index.ts. */
export interface Compute {
  run<T>(
    task: string,
    input: unknown,
    onProgress?: (done: number, total: number) => void,
  ): Promise<T>;
}

export interface Images {
  /** @returns a PNG, the same bytes for the same spec. */
  png(spec: ChartSpec, theme: 'light' | 'dark'): Promise<Uint8Array>;
}

/** Where a reply goes. */
export interface Destination {
  readonly platform: string;
  readonly installation: string;
  readonly conversation: string;
  /** Set for private replies: who alone may see it. */
  readonly identity: string;
  /** Of the delivery that is being answered, where its platform gave one; it may have run out. */
  readonly ticket?: Ticket;
}

/** One chat platform's outgoing side. */
export interface ChatAdapter {
  readonly platform: string;
  /**
   * Delivers or, with `previous`, edits in place.
   * @returns the platform's own message ids, kept for later edits
   * @throws PortError 'rate-limited' with retryAfterMs, 'gone' when the person can no longer be reached
   */
  deliver(
    to: Destination,
    reply: Reply,
    previous: readonly string[] | null,
  ): Promise<readonly string[]>;
  /** Shows that an answer is being worked on; best effort. */
  typing(to: Destination): void;
}

export interface Logger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
