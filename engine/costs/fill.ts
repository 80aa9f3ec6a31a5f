import type { TradingCosts } from './trading-costs.ts';

export type Side = 'buy' | 'sell';

/**
 * The price a market order gets: half the spread and the slippage move it against the trader. The
 * backtest, the rebalance estimate and the paper broker share this model.
 *
 * @param price last price, in the asset's currency
 * @returns price per unit before commission
 */
export function fillPrice(side: Side, price: number, costs: TradingCosts): number {
  const against = (costs.halfSpreadBps + costs.slippageBps) / 10_000;
  return side === 'buy' ? price * (1 + against) : price * (1 - against);
}

/**
 * Commission on a fill.
 *
 * @param amount units x fill price, positive
 * @returns in the same currency
 */
export function commission(amount: number, costs: TradingCosts): number {
  return (amount * costs.commissionBps) / 10_000;
}

/**
 * What trading costs per unit of value at the last price, fill and commission together: a buyer
 * pays this much more, a seller gets this much less.
 *
 * @returns a fraction of the value traded
 */
export function costRate(side: Side, costs: TradingCosts): number {
  const price = fillPrice(side, 1, costs);
  return Math.abs(price - 1) + commission(price, costs);
}
