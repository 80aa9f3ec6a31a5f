import { commission, fillPrice, type Side } from '../costs/fill.ts';
import { type Costs, costsFor, tradeRates } from '../costs/trade-rates.ts';
import { EngineError } from '../errors.ts';
import { targetWeights } from './target-weights.ts';
import { valueAfterCosts } from './value-after-costs.ts';

export interface TradeRequest {
  /** n symbols. */
  readonly assets: readonly string[];
  /** n fractions summing to at most 1; the rest is cash. */
  readonly weights: Float64Array;
  /** n money values held at the last prices. */
  readonly values: Float64Array;
  readonly cash: number;
  /** n last prices. */
  readonly prices: Float64Array;
  /** n smallest tradable steps in units, e.g. 1 or 1e-8. */
  readonly unitSteps: Float64Array;
  readonly costs: Costs;
  /** Trades of less money than this are left out, and said. */
  readonly minimumTrade: number;
}

export interface Trade {
  readonly asset: string;
  readonly side: Side;
  /** A whole number of steps, positive. */
  readonly units: number;
  /** Units x last price, positive. */
  readonly amount: number;
  /** Estimated price of the fill. */
  readonly fillPrice: number;
  readonly commission: number;
  /** What the trade costs against the last price, commission included. */
  readonly cost: number;
}

/** A trade that the target asks for and the plan does not make. */
export interface LeftOut {
  readonly asset: string;
  readonly side: Side;
  readonly amount: number;
  readonly reason: 'below-minimum' | 'below-one-step' | 'no-cash';
}

export interface TradePlan {
  /** Sells first, then buys, each largest first. */
  readonly trades: readonly Trade[];
  readonly leftOut: readonly LeftOut[];
  readonly cost: number;
  readonly cashAfter: number;
  /** n fractions of the value after costs. */
  readonly weightsAfter: Float64Array;
}

/**
 * The trades from holdings to target weights. Targets are fractions of the value left after costs.
 * Units are rounded toward zero to whole steps; buys shrink together when cash would run out, so
 * cash is never negative.
 *
 * @throws {EngineError} 'bad-input' on wrong sizes, prices, steps or weights
 */
export function tradesTo(request: TradeRequest): TradePlan {
  const { assets, values, cash, costs } = request;
  check(request);
  const n = assets.length;
  const weights = targetWeights(request.weights, assets);
  const after = valueAfterCosts(weights, values, cash, tradeRates(costs, n));
  const deltas = Float64Array.from(weights, (w, j) => w * after - values[j]);

  const sells = rounded(request, deltas, after, 'sell', 1);
  const budget = sells.trades.reduce((sum, trade) => sum + trade.amount - trade.cost, cash);
  const wished = rounded(request, deltas, after, 'buy', 1);
  let buys = wished;
  for (let part = 1; ; ) {
    const need = buys.trades.reduce((sum, trade) => sum + trade.amount + trade.cost, 0);
    if (need <= budget) break;
    // Whole steps round down, so shrinking by a little more than the ratio always ends this.
    part *= Math.min(1 - 1e-9, budget / need);
    buys = rounded(request, deltas, after, 'buy', part);
  }
  const unaffordable = buys.leftOut.map((each) =>
    wished.leftOut.some((old) => old.asset === each.asset)
      ? each
      : { ...each, reason: 'no-cash' as const },
  );
  return settled(request, [...sells.trades, ...buys.trades], [...sells.leftOut, ...unaffordable]);
}

/** One side's trades in whole steps, scaled by `part`, and those that are too small to make. */
function rounded(
  request: TradeRequest,
  deltas: Float64Array,
  after: number,
  side: Side,
  part: number,
): { trades: Trade[]; leftOut: LeftOut[] } {
  const { assets, prices, unitSteps, costs, minimumTrade } = request;
  const trades: Trade[] = [];
  const leftOut: LeftOut[] = [];
  for (let j = 0; j < assets.length; j++) {
    const wanted = side === 'buy' ? deltas[j] : -deltas[j];
    // Rounding noise around a target that is met already is not a trade.
    if (wanted <= 1e-9 * after) continue;
    const asset = assets[j];
    // A hair below a whole step is that step: 12 units must not become 11.
    const steps = ((wanted * part) / prices[j] / unitSteps[j]) * (1 + 1e-12) + 1e-9;
    const units = Math.floor(steps) * unitSteps[j];
    if (wanted * part < minimumTrade || units <= 0) {
      const reason = wanted * part < minimumTrade ? 'below-minimum' : 'below-one-step';
      leftOut.push({ asset, side, amount: wanted, reason });
      continue;
    }
    const own = costsFor(costs, j);
    const price = fillPrice(side, prices[j], own);
    const fee = commission(units * price, own);
    trades.push({
      asset,
      side,
      units,
      amount: units * prices[j],
      fillPrice: price,
      commission: fee,
      cost: units * Math.abs(price - prices[j]) + fee,
    });
  }
  trades.sort((a, b) => b.amount - a.amount || (a.asset < b.asset ? -1 : 1));
  return { trades, leftOut };
}

/** What the portfolio looks like after the trades. */
function settled(
  { assets, values, cash }: TradeRequest,
  trades: readonly Trade[],
  leftOut: readonly LeftOut[],
): TradePlan {
  const held = Float64Array.from(values);
  let left = cash;
  let cost = 0;
  for (const trade of trades) {
    const signed = trade.side === 'buy' ? trade.amount : -trade.amount;
    held[assets.indexOf(trade.asset)] += signed;
    left -= signed + trade.cost;
    cost += trade.cost;
  }
  // The budget was met; what is below zero is the last bit of a sum.
  const cashAfter = Math.max(0, left);
  const total = held.reduce((sum, value) => sum + value, cashAfter);
  const weightsAfter = held.map((value) => (total > 0 ? value / total : 0));
  return { trades, leftOut, cost, cashAfter, weightsAfter };
}

function check({ assets, values, cash, prices, unitSteps, minimumTrade }: TradeRequest): void {
  const n = assets.length;
  if (values.length !== n || prices.length !== n || unitSteps.length !== n) {
    throw new EngineError('bad-input', `Give ${n} values, prices and unit steps.`, { assets: n });
  }
  for (let j = 0; j < n; j++) {
    const fine =
      values[j] >= 0 &&
      values[j] < Infinity &&
      prices[j] > 0 &&
      prices[j] < Infinity &&
      unitSteps[j] > 0 &&
      unitSteps[j] < Infinity;
    if (!fine) {
      throw new EngineError(
        'bad-input',
        `${assets[j]} has an unusable value, price or unit step.`,
        {
          asset: assets[j],
          value: values[j],
          price: prices[j],
          unitStep: unitSteps[j],
        },
      );
    }
  }
  if (!(cash >= 0 && cash < Infinity && minimumTrade >= 0)) {
    throw new EngineError('bad-input', 'Cash and the minimum trade must be at least 0.', {
      cash,
      minimumTrade,
    });
  }
}
