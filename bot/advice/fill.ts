import { fillPrice } from '../../engine/costs/fill.ts';
import type { TradingCosts } from '../../engine/costs/trading-costs.ts';
import type { Units } from '../money.ts';
import { UNIT_SCALE } from '../money.ts';

/** Prices count to 10^-8, so that amounts are exact integer arithmetic. */
const PRICE_SCALE = 1e8;
const CENTS = 100n;

/** Units x price in minor units, rounded half up. Units are not negative. */
export function amountMinor(units: Units, price: number): bigint {
  if (!(price > 0 && price < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Not a price: ${price}.`);
  }
  const scaled = units * BigInt(Math.round(price * PRICE_SCALE)) * CENTS;
  const whole = UNIT_SCALE * BigInt(PRICE_SCALE);
  return (scaled + whole / 2n) / whole;
}

export interface FillTerms {
  /** The quote moved against the trader by half the spread and the slippage. */
  readonly price: number;
  readonly amountMinor: bigint;
  readonly commissionMinor: bigint;
  /** What trading costs against the quote: price concession and commission. */
  readonly costMinor: bigint;
}

/**
 * What a trade at a quote comes to, to the cent. The proposal estimates with it and the paper
 * broker fills with it, so at an unmoved quote the estimate is the outcome.
 */
export function fillTerms(
  side: 'buy' | 'sell',
  units: Units,
  quote: number,
  costs: TradingCosts,
): FillTerms {
  const price = Math.round(fillPrice(side, quote, costs) * PRICE_SCALE) / PRICE_SCALE;
  const amount = amountMinor(units, price);
  const atQuote = amountMinor(units, quote);
  const commissionMinor = commissionOf(amount, costs.commissionBps);
  const lost = side === 'buy' ? amount - atQuote : atQuote - amount;
  return {
    price,
    amountMinor: amount,
    commissionMinor,
    costMinor: lost + commissionMinor,
  };
}

/** Commission in whole cents, rounded up; basis points count to a thousandth. */
function commissionOf(amount: bigint, bps: number): bigint {
  const scale = 10_000_000n;
  return (amount * BigInt(Math.round(bps * 1000)) + scale - 1n) / scale;
}
