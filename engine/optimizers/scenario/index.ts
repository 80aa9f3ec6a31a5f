import type { Optimizer } from '../problem.ts';
import * as measures from './measures.ts';
import { minimumRisk } from './minimum-risk.ts';
import { returnAtRisk } from './return-at-risk.ts';
import { riskAtReturn } from './risk-at-return.ts';
import { riskRatio } from './risk-ratio.ts';

// Four methods for every measure on scenarios.

/** Least risk within the limits. */
export const minimumRiskMethods = {
  'minimum-cvar': minimumRisk(measures.cvar),
  'minimum-cdar': minimumRisk(measures.cdar),
  'minimum-evar': minimumRisk(measures.evar),
  'minimum-edar': minimumRisk(measures.edar),
  'minimum-mad': minimumRisk(measures.mad),
  'minimum-semideviation': minimumRisk(measures.semideviation),
  'minimum-downside': minimumRisk(measures.downside),
  'minimum-worst': minimumRisk(measures.worst),
  'minimum-ulcer': minimumRisk(measures.ulcer),
  'minimum-mdd': minimumRisk(measures.mdd),
} as const satisfies Record<string, Optimizer>;

/** Highest excess return, less trading costs, over risk. */
export const riskRatioMethods = {
  'maximum-return-to-cvar': riskRatio(measures.cvar),
  'maximum-return-to-cdar': riskRatio(measures.cdar),
  'maximum-return-to-evar': riskRatio(measures.evar),
  'maximum-return-to-edar': riskRatio(measures.edar),
  'maximum-return-to-mad': riskRatio(measures.mad),
  'maximum-return-to-semideviation': riskRatio(measures.semideviation),
  'maximum-return-to-downside': riskRatio(measures.downside),
  'maximum-return-to-worst': riskRatio(measures.worst),
  'maximum-return-to-ulcer': riskRatio(measures.ulcer),
  'maximum-return-to-mdd': riskRatio(measures.mdd),
} as const satisfies Record<string, Optimizer>;

/** Highest return, less trading costs, within `targetRisk`. */
export const targetRiskMethods = {
  'target-cvar': returnAtRisk(measures.cvar),
  'target-cdar': returnAtRisk(measures.cdar),
  'target-evar': returnAtRisk(measures.evar),
  'target-edar': returnAtRisk(measures.edar),
  'target-mad': returnAtRisk(measures.mad),
  'target-semideviation': returnAtRisk(measures.semideviation),
  'target-downside': returnAtRisk(measures.downside),
  'target-worst': returnAtRisk(measures.worst),
  'target-ulcer': returnAtRisk(measures.ulcer),
  'target-mdd': returnAtRisk(measures.mdd),
} as const satisfies Record<string, Optimizer>;

/** Least risk at `targetReturn` or more. */
export const riskAtReturnMethods = {
  'target-return-cvar': riskAtReturn(measures.cvar),
  'target-return-cdar': riskAtReturn(measures.cdar),
  'target-return-evar': riskAtReturn(measures.evar),
  'target-return-edar': riskAtReturn(measures.edar),
  'target-return-mad': riskAtReturn(measures.mad),
  'target-return-semideviation': riskAtReturn(measures.semideviation),
  'target-return-downside': riskAtReturn(measures.downside),
  'target-return-worst': riskAtReturn(measures.worst),
  'target-return-ulcer': riskAtReturn(measures.ulcer),
  'target-return-mdd': riskAtReturn(measures.mdd),
} as const satisfies Record<string, Optimizer>;

/** Every method on scenarios, by the name that allocations and records carry. */
export const scenarioOptimizers = {
  ...minimumRiskMethods,
  ...riskRatioMethods,
  ...targetRiskMethods,
  ...riskAtReturnMethods,
} as const satisfies Record<string, Optimizer>;

export type ScenarioMethod = keyof typeof scenarioOptimizers;

export type { ScenarioMeasure } from './measure.ts';
export { cvarCut, type Risk, riskOf, scenarioMeasures } from './risk.ts';
