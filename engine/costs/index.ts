export { commission, costRate, fillPrice, type Side } from './fill.ts';
export { type Costs, costsFor, type TradeRates, tradeRates } from './trade-rates.ts';
export { oneWayCost, type TradingCosts } from './trading-costs.ts';
