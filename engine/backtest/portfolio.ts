import type { TradeRates } from '../costs/trade-rates.ts';
import type { PricePanel } from '../panel.ts';
import { valueAfterCosts } from '../rebalance/value-after-costs.ts';

/** What a round of trading came to. */
export interface Execution {
  readonly turnover: number;
  readonly cost: number;
  readonly trades: number;
}

/** Units and cash of a backtest, moved through the rows of a panel. */
export interface Portfolio {
  /** Adds what cash earned since the row before. */
  accrue(cashReturn: number): void;
  /** Money at a row's close. */
  value(row: number): number;
  /** n fractions at a row's close, a fresh array. */
  weights(row: number): Float64Array;
  /** Trades to target fractions at a row's close and pays for it. */
  trade(row: number, target: Float64Array): Execution;
}

/** Trades of less than this share of the portfolio are an optimizer's rounding, and are not made. */
const NOISE = 1e-9;

/**
 * A portfolio of fractional units that starts with the given money, without paying for the start.
 *
 * @param initial n fractions held at the first row
 */
export function portfolio(
  panel: PricePanel,
  rates: TradeRates,
  firstRow: number,
  money: number,
  initial: Float64Array,
): Portfolio {
  const n = panel.assets.length;
  const units = new Float64Array(n);
  const values = new Float64Array(n);
  let cash = money;
  for (let j = 0; j < n; j++) {
    if (initial[j] === 0) continue;
    units[j] = (initial[j] * money) / panel.prices[firstRow * n + j];
    cash -= initial[j] * money;
  }
  // What weights summing to 1 leave is rounding.
  if (Math.abs(cash) < 1e-12 * money) cash = 0;

  const value = (row: number): number => {
    let sum = cash;
    for (let j = 0; j < n; j++) {
      // A price before listing is NaN and must not be touched, even times zero.
      values[j] = units[j] === 0 ? 0 : units[j] * panel.prices[row * n + j];
      sum += values[j];
    }
    return sum;
  };
  return {
    accrue(cashReturn) {
      cash *= 1 + cashReturn;
    },
    value,
    weights(row) {
      const total = value(row);
      return Float64Array.from(values, (each) => each / total);
    },
    trade(row, target) {
      const before = value(row);
      const after = valueAfterCosts(target, values, cash, rates);
      let traded = 0;
      let cost = 0;
      let trades = 0;
      let invested = 0;
      for (let j = 0; j < n; j++) {
        const goal = target[j] * after;
        const amount = goal - values[j];
        if (Math.abs(amount) <= NOISE * before) {
          invested += values[j];
          continue;
        }
        units[j] = goal === 0 ? 0 : goal / panel.prices[row * n + j];
        invested += goal;
        traded += Math.abs(amount);
        cost += amount > 0 ? amount * rates.buy[j] : -amount * rates.sell[j];
        trades++;
      }
      const left = before - cost - invested;
      const cashMoved = Math.abs(left - cash);
      // What is left of a full investment is rounding, on either side of nothing.
      cash = left > 1e-12 * before ? left : 0;
      return { turnover: (traded + cashMoved) / 2 / before, cost, trades };
    },
  };
}
