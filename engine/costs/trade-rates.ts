import { EngineError } from '../errors.ts';
import { costRate } from './fill.ts';
import type { TradingCosts } from './trading-costs.ts';

/** One cost for all assets, or one per asset. */
export type Costs = TradingCosts | readonly TradingCosts[];

/** What buying and selling costs per unit of value traded, by asset. */
export interface TradeRates {
  readonly buy: Float64Array;
  readonly sell: Float64Array;
}

/** The costs of one asset. */
export function costsFor(costs: Costs, index: number): TradingCosts {
  return isPerAsset(costs) ? costs[index] : costs;
}

/**
 * Cost rates of n assets, fill and commission together.
 *
 * @throws {EngineError} 'bad-input' when a list has not one entry per asset, or a cost is negative
 *   or above 50 %
 */
export function tradeRates(costs: Costs, n: number): TradeRates {
  if (isPerAsset(costs) && costs.length !== n) {
    throw new EngineError('bad-input', `Give costs for all ${n} assets or one for all.`, {
      got: costs.length,
      assets: n,
    });
  }
  const buy = new Float64Array(n);
  const sell = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const own = costsFor(costs, j);
    buy[j] = costRate('buy', own);
    sell[j] = costRate('sell', own);
    if (!(Math.min(own.commissionBps, own.halfSpreadBps, own.slippageBps) >= 0 && buy[j] < 0.5)) {
      throw new EngineError('bad-input', 'Trading costs must be at least 0 and below 50 %.', {
        index: j,
        ...own,
      });
    }
  }
  return { buy, sell };
}

function isPerAsset(costs: Costs): costs is readonly TradingCosts[] {
  return Array.isArray(costs);
}
