export { type AnnualLoss, type AnnualLossSettings, annualLoss } from './annual-loss.ts';
export { covarianceOf, type Risk, riskOf } from './correlation.ts';
export { problemMixing } from './counterfactual.ts';
export type { Cause, Driver } from './driver.ts';
export { explainAllocation } from './explain-allocation.ts';
export {
  type ChangeExplanation,
  explainChange,
  type Mixing,
  type Mixtures,
  type Recommended,
} from './explain-change.ts';
export { leadingDrivers } from './leading-drivers.ts';
export { portfolioVariance, portfolioVolatility } from './portfolio-volatility.ts';
export { portfolioReturnError } from './return-error.ts';
export { riskContributions } from './risk-contributions.ts';
