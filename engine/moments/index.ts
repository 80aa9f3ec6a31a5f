// Expected returns and covariances, with the errors and repairs that go with them.
export {
  type AnnualCovariance,
  annualCovariance,
  type CovarianceSettings,
  tradingDaysPerYear,
} from './annual-covariance.ts';
export { annualFactors } from './annual-factors.ts';
export { type BayesStein, bayesStein } from './bayes-stein.ts';
export { type CapmReturns, type CapmSettings, capmReturns } from './capm-returns.ts';
export { checkReturns, duplicateColumns } from './check-returns.ts';
export { compoundMean } from './compound-mean.ts';
export { type CovarianceReport, covarianceReport } from './covariance-report.ts';
export type { Decay } from './decay.ts';
export { type Denoised, type DenoiseSettings, denoisedCovariance } from './denoised-covariance.ts';
export { type EquilibriumSettings, equilibriumReturns } from './equilibrium-returns.ts';
export {
  type ExpectedReturnSettings,
  type ExpectedReturns,
  expectedReturnDefaults,
  expectedReturns,
} from './expected-returns.ts';
export { type ExponentialSettings, exponentialCovariance } from './exponential-covariance.ts';
export { exponentialMean } from './exponential-mean.ts';
export { type FactorRegression, factorRegression } from './factor-regression.ts';
export { type GerberCovariance, gerberCovariance } from './gerber-covariance.ts';
export { historicalMean, type MeanEstimate } from './historical-mean.ts';
export { jamesStein, type ShrunkMeans } from './james-stein.ts';
export { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.ts';
export { ledoitWolfIdentity } from './ledoit-wolf-identity.ts';
export { ledoitWolfSingleFactor } from './ledoit-wolf-single-factor.ts';
export {
  type MonotoneMoments,
  type MonotoneSettings,
  monotoneCovariance,
} from './monotone-covariance.ts';
export { type NearestCorrelation, nearestCorrelation } from './nearest-correlation.ts';
export { type NearestCovariance, nearestCovariance } from './nearest-covariance.ts';
export { oracleApproximating } from './oracle-approximating.ts';
export {
  type PairwiseCovariance,
  type PairwiseSettings,
  pairwiseCovariance,
} from './pairwise-covariance.ts';
export { meanReversionSignal, momentumSignal } from './price-signals.ts';
export {
  minimumHistoryDays,
  type ReturnsWindow,
  returnsWindow,
  type WindowRequest,
} from './returns-window.ts';
export { sampleCovariance } from './sample-covariance.ts';
export { type SemicovarianceSettings, semicovariance } from './semicovariance.ts';
export { type PriorShrunkMeans, shrinkToPrior } from './shrink-to-prior.ts';
export type { Shrunk } from './shrunk.ts';
export { type StatisticalFactors, statisticalFactors } from './statistical-factors.ts';
export { type UnequalReturns, unequalReturns } from './unequal-returns.ts';
