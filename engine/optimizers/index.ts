import { bayesianUtility } from './bayesian-utility.ts';
import { riskParity } from './budgeting/risk-parity.ts';
import { scenarioRiskParity } from './budgeting/scenario-risk-parity.ts';
import { equalWeight } from './equal-weight.ts';
import { hierarchicalEqualRisk } from './hierarchical/hierarchical-equal-risk.ts';
import { hierarchicalRiskParity } from './hierarchical/hierarchical-risk-parity.ts';
import { nestedClusters } from './hierarchical/nested-clusters.ts';
import { schur } from './hierarchical/schur.ts';
import { inverseVolatility } from './inverse-volatility.ts';
import { maximumDecorrelation } from './maximum-decorrelation.ts';
import { maximumDiversification } from './maximum-diversification.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import { minimumTrackingError } from './minimum-tracking-error.ts';
import { minimumVariance } from './minimum-variance.ts';
import type { Optimizer } from './problem.ts';
import { resampled } from './resampled.ts';
import { robustMeanVariance } from './robust/robust-mean-variance.ts';
import { scenarioOptimizers } from './scenario/index.ts';
import { cvar, mad, semideviation, ulcer } from './scenario/measures.ts';
import { targetReturn } from './target-return.ts';
import { targetVolatility } from './target-volatility.ts';

/** Every way to choose a portfolio, by the name that allocations and records carry. */
export const optimizers = {
  'minimum-variance': minimumVariance,
  'maximum-sharpe': maximumSharpe,
  'target-volatility': targetVolatility,
  'target-return': targetReturn,
  'mean-variance-utility': meanVarianceUtility,
  'minimum-tracking-error': minimumTrackingError,
  'equal-weight': equalWeight,
  'inverse-volatility': inverseVolatility,
  'maximum-diversification': maximumDiversification,
  'maximum-decorrelation': maximumDecorrelation,
  'risk-parity': riskParity,
  'risk-parity-cvar': scenarioRiskParity(cvar),
  'risk-parity-mad': scenarioRiskParity(mad),
  'risk-parity-semideviation': scenarioRiskParity(semideviation),
  'risk-parity-ulcer': scenarioRiskParity(ulcer),
  'hierarchical-risk-parity': hierarchicalRiskParity,
  'hierarchical-equal-risk': hierarchicalEqualRisk,
  'nested-clusters': nestedClusters,
  schur,
  'robust-mean-variance': robustMeanVariance,
  'bayesian-utility': bayesianUtility,
  resampled,
  ...scenarioOptimizers,
} as const satisfies Record<string, Optimizer>;

export type Method = keyof typeof optimizers;
