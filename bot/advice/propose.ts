import type { TradingCosts } from '../../engine/costs/trading-costs.ts';
import { tradesTo } from '../../engine/rebalance/trades-to.ts';
import { assetOf, CASH } from '../catalogue.ts';
import { Refusal } from '../errors.ts';
import { formatDay, MS_PER_DAY } from '../language/format.ts';
import type { Units } from '../money.ts';
import { fromMinor, toMinor, toUnits } from '../money.ts';
import type { Quote } from '../ports.ts';
import type { Policy } from '../suitability/policy.ts';
import { amountMinor, fillTerms } from './fill.ts';
import type { Holdings, Leg } from './types.ts';

export interface ProposeInput {
  /** Fractions of value by symbol, cash included; what is absent is sold. */
  readonly targetWeights: ReadonlyMap<string, number>;
  readonly holdings: Holdings;
  readonly quotes: ReadonlyMap<string, Quote>;
  readonly policy: Pick<Policy, 'maxPriceAgeDays' | 'minimumTradeMinor'>;
  readonly costsOf: (asset: string) => TradingCosts;
  readonly now: number;
}

export interface Plan {
  /** Sells first; empty when nothing is worth trading. */
  readonly legs: readonly Leg[];
  /** The oldest UTC day among the prices used. */
  readonly pricedOn: number;
  readonly valueMinor: bigint;
  readonly costMinor: bigint;
  readonly cashAfterMinor: bigint;
}

interface Trade {
  readonly asset: string;
  readonly side: 'buy' | 'sell';
  readonly units: Units;
}

const CURRENCY = 'USD';

/**
 * The trades from holdings to target weights, exact in units and cents. Buys are scaled down until
 * the cash left after every cost is at least the target's cash, or what there is if that is less.
 *
 * @throws {Refusal} 'unknown-currency', 'missing-price', 'stale-price': trading is blocked, said why
 */
export function propose(input: ProposeInput): Plan {
  const { holdings, quotes, policy, now } = input;
  const assets = involved(input);
  assertCurrency(input, assets);
  assertPrices(quotes, assets);
  assertFresh(quotes, assets, policy.maxPriceAgeDays, now);

  const held = new Map(holdings.positions.map((each) => [each.asset, each.units]));
  const price = (asset: string): number => quotes.get(asset)!.price;
  const value = (asset: string): bigint => amountMinor(held.get(asset) ?? 0n, price(asset));
  const total = assets.reduce((sum, asset) => sum + value(asset), holdings.cash.minor);

  const weights = Float64Array.from(assets, (asset) => input.targetWeights.get(asset) ?? 0);
  const planned = tradesTo({
    assets,
    weights,
    values: Float64Array.from(assets, (asset) => fromMinor(value(asset))),
    cash: fromMinor(holdings.cash.minor),
    prices: Float64Array.from(assets, price),
    unitSteps: Float64Array.from(assets, (asset) => assetOf(asset)!.unitStep),
    costs: assets.map(input.costsOf),
    minimumTrade: policy.minimumTradeMinor / 100,
  });
  const trades = planned.trades.map(({ asset, side, units }): Trade => {
    const owned = held.get(asset) ?? 0n;
    const exact = toUnits(units);
    // What has no place any more is sold to the last fraction, whatever its step.
    const all = side === 'sell' && (weights[assets.indexOf(asset)] <= 0 || exact > owned);
    return { asset, side, units: all ? owned : exact };
  });
  const after = total - toMinor(planned.cost);
  const legs = affordable(input, trades, share(after, input.targetWeights.get(CASH) ?? 0));
  return {
    legs,
    pricedOn: Math.min(...assets.map((asset) => quotes.get(asset)!.day)),
    valueMinor: total,
    costMinor: legs.reduce((sum, leg) => sum + leg.cost.minor, 0n),
    cashAfterMinor: holdings.cash.minor + cashOf(legs),
  };
}

/** Cash that the legs bring in after costs, negative when they use some up. */
export function cashOf(legs: readonly Leg[]): bigint {
  return legs.reduce(
    (sum, { side, amount, cost }) =>
      sum + (side === 'sell' ? amount.minor - cost.minor : -amount.minor - cost.minor),
    0n,
  );
}

function involved({ targetWeights, holdings }: ProposeInput): readonly string[] {
  const targeted = [...targetWeights].filter(([asset, weight]) => asset !== CASH && weight > 0);
  const all = [...holdings.positions.map((each) => each.asset), ...targeted.map(([a]) => a)];
  return [...new Set(all)].sort();
}

function assertCurrency({ holdings }: ProposeInput, assets: readonly string[]): void {
  const foreign =
    holdings.cash.currency !== CURRENCY
      ? `Your cash is in ${holdings.cash.currency}`
      : assets
          .filter((asset) => assetOf(asset)?.currency !== CURRENCY)
          .map((asset) => `I do not know the currency of ${asset}`)[0];
  if (foreign !== undefined) {
    throw new Refusal(
      'unknown-currency',
      `${foreign}, and I only trade in US dollars. Nothing was proposed; correct it with /holdings.`,
    );
  }
}

function assertPrices(quotes: ReadonlyMap<string, Quote>, assets: readonly string[]): void {
  const missing = assets.filter((asset) => {
    const price = quotes.get(asset)?.price ?? Number.NaN;
    return !(price > 0 && price < Number.POSITIVE_INFINITY);
  });
  if (missing.length === 0) return;
  throw new Refusal(
    'missing-price',
    `I have no usable price of ${missing.join(', ')}, so I cannot value your portfolio and will not trade it. Try again after the next price update.`,
  );
}

/** @throws {Refusal} 'stale-price' naming the oldest price and its age */
export function assertFresh(
  quotes: ReadonlyMap<string, Quote>,
  assets: readonly string[],
  maxPriceAgeDays: number,
  now: number,
): void {
  const today = Math.floor(now / MS_PER_DAY);
  const oldest = assets
    .map((asset) => quotes.get(asset)!)
    .reduce<Quote | null>((a, b) => (a === null || b.day < a.day ? b : a), null);
  if (oldest === null || today - oldest.day <= maxPriceAgeDays) return;
  const age = today - oldest.day;
  throw new Refusal(
    'stale-price',
    `The last price of ${oldest.asset} is from ${formatDay(oldest.day)}, ${age} days ago. I only propose trades on prices at most ${maxPriceAgeDays} days old, so nothing was proposed.`,
  );
}

/** A fraction of an amount, in whole cents. */
function share(total: bigint, weight: number): bigint {
  const scale = 1_000_000_000_000n;
  return (total * BigInt(Math.round(weight * Number(scale)))) / scale;
}

function wholeSteps(units: Units, asset: string): Units {
  const step = toUnits(assetOf(asset)?.unitStep ?? 1);
  return units - (units % step);
}

function affordable(input: ProposeInput, trades: readonly Trade[], keep: bigint): readonly Leg[] {
  const sells = trades.filter((trade) => trade.side === 'sell');
  const buys = trades.filter((trade) => trade.side === 'buy');
  const cash = input.holdings.cash.minor + cashOf(toLegs(input, sells));
  const budget = cash - (keep > 0n ? keep : 0n);
  let part = 1;
  for (;;) {
    const scaled = buys
      .map((each) => ({ ...each, units: wholeSteps(portion(each.units, part), each.asset) }))
      .filter((each) => worthwhile(input, each));
    const need = -cashOf(toLegs(input, scaled));
    if (scaled.length === 0 || need <= budget) return toLegs(input, [...sells, ...scaled]);
    // Rounding down to whole steps ends this; the small extra keeps it from creeping.
    part *= budget <= 0n ? 0 : (Number(budget) / Number(need)) * (1 - 1e-9);
  }
}

function portion(units: Units, part: number): Units {
  const scale = 1_000_000_000_000n;
  return (units * BigInt(Math.floor(part * Number(scale)))) / scale;
}

function worthwhile({ quotes, policy }: ProposeInput, trade: Trade): boolean {
  const amount = amountMinor(trade.units, quotes.get(trade.asset)!.price);
  // Whole steps round down by up to one step, which must not drop a trade that was just worthwhile.
  return trade.units > 0n && amount * 2n >= BigInt(policy.minimumTradeMinor);
}

function toLegs({ quotes, costsOf }: ProposeInput, trades: readonly Trade[]): readonly Leg[] {
  return trades.map(({ asset, side, units }, index) => {
    const price = quotes.get(asset)!.price;
    const { costMinor } = fillTerms(side, units, price, costsOf(asset));
    return {
      index,
      asset,
      side,
      units,
      price,
      amount: { minor: amountMinor(units, price), currency: CURRENCY },
      cost: { minor: costMinor, currency: CURRENCY },
    };
  });
}
