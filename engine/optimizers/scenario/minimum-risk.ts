import { allocation, bindings } from '../allocation.ts';
import type { Allocation, Optimizer } from '../problem.ts';
import { type LeastRisk, leastRisk } from './least-risk.ts';
import type { ScenarioMeasure } from './measure.ts';
import { plainModel } from './risk-model.ts';
import {
  checkBounded,
  checkGap,
  cornerOf,
  pricesAt,
  relativeGap,
  type Setting,
  settingOf,
} from './setting.ts';
import { settle } from './settle.ts';

export const solvedBy = 'interior point on a growing selection, bounded from below';

/**
 * The portfolio of least risk on scenarios by a measure.
 *
 * Risk per period has no price in return: trading costs are reported and change nothing.
 *
 * @returns with the method: its residual is the relative gap to a lower bound (at most 1e-6), its
 *   shadow prices are risk per period saved by one unit of relaxation
 */
export function minimumRisk(measure: ScenarioMeasure): Optimizer {
  return (problem) => {
    const setting = settingOf(measure, problem);
    const { weights, gap, found } = leastRiskWithin(setting);
    return riskAnswer(setting, `minimum-${measure.name}`, weights, gap, found);
  };
}

/** Least risk within the limits: weights that keep them exactly, and the proven gap. */
export function leastRiskWithin(setting: Setting): {
  weights: Float64Array;
  risk: number;
  gap: number;
  found: LeastRisk;
} {
  const { program, data, measure } = setting;
  const found = leastRisk(data, plainModel(program), cornerOf(setting));
  const weights = settle(program, program.rows, found.weights);
  checkBounded(program, weights);
  const risk = setting.riskOf(weights);
  return { weights, risk, gap: checkGap(measure, relativeGap(data, risk, found.bound)), found };
}

export function riskAnswer(
  setting: Setting,
  method: string,
  weights: Float64Array,
  gap: number,
  found: LeastRisk,
  more: Allocation['binding'] = [],
): Allocation {
  const { problem } = setting;
  const prices = pricesAt(setting, weights, found);
  return {
    ...allocation(problem, {
      method,
      weights,
      binding: [...bindings(problem, prices, 'risk', 1), ...more],
      residual: gap,
      iterations: found.iterations,
      solvedBy,
    }),
    certificate: 'gap',
  };
}
