export { targetWeights } from './target-weights.ts';
export {
  type LeftOut,
  type Trade,
  type TradePlan,
  type TradeRequest,
  tradesTo,
} from './trades-to.ts';
export { valueAfterCosts } from './value-after-costs.ts';
