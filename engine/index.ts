// The public surface of the engine, in the order of the work: version, errors, prices, moments,
// optimizers, solver; then what advice is tested and explained with.
export * from './backtest/index.ts';
export { type CivilDate, civilDate, dayNumber } from './calendar.ts';
export * from './clustering/index.ts';
export * from './constraints/index.ts';
export * from './costs/index.ts';
export * from './drivers/index.ts';
export {
  type Conflict,
  EngineError,
  type EngineErrorCode,
  type FarkasCertificate,
  type InfeasibilityProof,
  Infeasible,
  type Relaxation,
} from './errors.ts';
export { criticalLine, type FrontierPortfolio } from './frontier/critical-line.ts';
export {
  alongFrontier,
  atReturn,
  type EfficientFrontier,
  efficientFrontier,
} from './frontier/efficient-frontier.ts';
export * from './goals/index.ts';
export * from './measures/index.ts';
export * from './moments/index.ts';
export { normalCdf, normalQuantile } from './normal.ts';
export {
  type Certificate,
  certificateOf,
  type PlainPrice,
  type PricedLimit,
} from './optimizers/certificate.ts';
export { type Method, optimizers } from './optimizers/index.ts';
export {
  type LimitOptions,
  type RelaxedLimits,
  type Requirement,
  relax,
  type Score,
  withLimits,
} from './optimizers/limits/index.ts';
export { mended } from './optimizers/mended.ts';
export { trackingErrorOf } from './optimizers/minimum-tracking-error.ts';
export { optimize } from './optimizers/optimize.ts';
export type {
  Allocation,
  Binding,
  FactorCovariance,
  Limits,
  LinearLimit,
  Optimizer,
  Problem,
} from './optimizers/problem.ts';
export { cvarCut, type Risk, scenarioMeasures } from './optimizers/scenario/index.ts';
export {
  type LeadChange,
  type MeanRange,
  type Sensitivity,
  type SensitivityOptions,
  sensitivityOf,
} from './optimizers/sensitivity.ts';
export {
  columnOf,
  cut,
  type PricePanel,
  past,
  pricePanel,
  pricesOf,
  rowOnOrBefore,
} from './panel.ts';
export { type RandomSource, randomSource } from './random.ts';
export * from './rebalance/index.ts';
export * from './solvers/batch/index.ts';
export type { NamedRow, QuadraticProgram, Solution } from './solvers/quadratic-program.ts';
export { solveQuadraticProgram } from './solvers/solve.ts';
export * from './stress/index.ts';
export { ENGINE_VERSION } from './version.ts';
export * from './views/index.ts';
