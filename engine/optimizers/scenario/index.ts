import type { Optimizer } from '../problem.ts';
import { ofEachMeasure } from './each-measure.ts';
import { minimumRisk } from './minimum-risk.ts';
import { returnAtRisk } from './return-at-risk.ts';
import { riskAtReturn } from './risk-at-return.ts';
import { riskRatio } from './risk-ratio.ts';

// Four methods for every measure on scenarios.

/** Least risk within the limits. */
export const minimumRiskMethods = ofEachMeasure('minimum-', minimumRisk);

/** Highest excess return, less trading costs, over risk. */
const riskRatioMethods = ofEachMeasure('maximum-return-to-', riskRatio);

/** Highest return, less trading costs, within `targetRisk`. */
const targetRiskMethods = ofEachMeasure('target-', returnAtRisk);

/** Least risk at `targetReturn` or more. */
export const riskAtReturnMethods = ofEachMeasure('target-return-', riskAtReturn);

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
