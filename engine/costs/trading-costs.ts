/** What a trade costs, in basis points of the amount traded; the sum is charged one way. */
export interface TradingCosts {
  readonly commissionBps: number;
  readonly halfSpreadBps: number;
  readonly slippageBps: number;
}

/** The whole one-way cost as a fraction of the amount traded. */
export function oneWayCost(costs: TradingCosts): number {
  return (costs.commissionBps + costs.halfSpreadBps + costs.slippageBps) / 10_000;
}
