import { oneWayCost, type TradingCosts } from '../../engine/costs/trading-costs.ts';
import type { AssetClass } from '../catalogue.ts';
import { classOf } from './situation.ts';

/**
 * What trading costs on the paper broker, by class: liquid funds trade within a few basis points,
 * coins on retail venues cost more. Used alike for planning, backtests and fills.
 */
export const costsByClass: Readonly<Record<AssetClass, TradingCosts>> = {
  stocks: { commissionBps: 0, halfSpreadBps: 1, slippageBps: 4 },
  bonds: { commissionBps: 0, halfSpreadBps: 1, slippageBps: 4 },
  'real-assets': { commissionBps: 0, halfSpreadBps: 2, slippageBps: 5 },
  crypto: { commissionBps: 15, halfSpreadBps: 5, slippageBps: 10 },
  cash: { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 },
};

export function costsOf(symbol: string): TradingCosts {
  return costsByClass[classOf(symbol)];
}

/** One-way cost as a fraction of the amount traded. */
export function oneWayCostOf(symbol: string): number {
  return oneWayCost(costsOf(symbol));
}
