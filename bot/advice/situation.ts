import { assetOf, CASH } from '../catalogue.ts';
import { Refusal } from '../errors.ts';
import { fromMinor, fromUnits, toMinor } from '../money.ts';
import type { MarketView, Quote } from '../ports.ts';
import type { Holdings } from './types.ts';

/** One line of what a person has today, valued on the last raw close. */
export interface Position {
  readonly asset: string;
  readonly units: bigint;
  readonly quote: Quote;
  readonly valueMinor: bigint;
  readonly costMinor: bigint;
  /** Fraction of the whole value. */
  readonly weight: number;
}

/** What a person has today. */
export interface Situation {
  readonly positions: readonly Position[];
  readonly cashMinor: bigint;
  readonly totalMinor: bigint;
  /** Fractions of value by symbol, CASH included; sums to 1. */
  readonly weights: ReadonlyMap<string, number>;
  /** Positions that have no usable price: they block advice, because their weight is unknown. */
  readonly unpriced: readonly string[];
}

/** Values holdings at the market's last raw closes; nothing is guessed for what has no price. */
export function situationOf(holdings: Holdings, market: MarketView): Situation {
  const priced: Omit<Position, 'weight'>[] = [];
  const unpriced: string[] = [];
  for (const { asset, units, costMinor } of holdings.positions) {
    const quote = market.quotes.get(asset);
    if (quote === undefined || !(quote.price > 0) || !Number.isFinite(quote.price)) {
      unpriced.push(asset);
    } else {
      const valueMinor = toMinor(fromUnits(units) * quote.price);
      priced.push({ asset, units, quote, valueMinor, costMinor });
    }
  }
  const totalMinor = priced.reduce((sum, each) => sum + each.valueMinor, holdings.cash.minor);
  const share = (minor: bigint) => (totalMinor > 0n ? fromMinor(minor) / fromMinor(totalMinor) : 0);
  const positions = priced
    .map((each) => ({ ...each, weight: share(each.valueMinor) }))
    .sort((a, b) => b.weight - a.weight || (a.asset < b.asset ? -1 : 1));
  const weights = new Map(positions.map((each) => [each.asset, each.weight]));
  weights.set(CASH, share(holdings.cash.minor));
  return { positions, cashMinor: holdings.cash.minor, totalMinor, weights, unpriced };
}

/** Refuses what cannot be advised on, saying why and what to do. */
export function requireAdvisable(situation: Situation): void {
  if (situation.unpriced.length > 0) {
    throw new Refusal(
      'unpriced',
      `There is no usable price for ${situation.unpriced.join(', ')}, so I cannot tell what your portfolio is worth or advise on it. Remove it with /holdings, or wait until a price arrives.`,
    );
  }
  if (situation.totalMinor <= 0n) {
    throw new Refusal(
      'nothing-held',
      'Your holdings are worth nothing yet. Tell me what you have with /holdings, for example "4000 cash".',
    );
  }
}

/** The class of a symbol, for limits and sentences; CASH is its own. */
export function classOf(symbol: string) {
  if (symbol === CASH) return 'cash' as const;
  const asset = assetOf(symbol);
  if (asset === undefined) {
    throw new Refusal(
      'unknown-asset',
      `I do not know ${symbol} well enough to plan with it. Remove it with /holdings to get advice on the rest.`,
    );
  }
  return asset.assetClass;
}
