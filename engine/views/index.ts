export {
  type BlackLittermanSettings,
  blackLitterman,
  idzorekViewVariance,
  type Posterior,
  priorViewVariance,
  type ReturnView,
} from './black-litterman.ts';
export {
  effectiveScenarios,
  entropyPooling,
  type Pooled,
  relativeEntropy,
  type ScenarioView,
} from './entropy-pooling.ts';
export { type MarketView, poolMarketViews } from './market-views.ts';
export { type Opinion, opinionPooling } from './opinion-pooling.ts';
