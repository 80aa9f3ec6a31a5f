import { EngineError, Infeasible } from '../../errors.ts';
import { percent } from '../../percent.ts';
import type { Problem } from '../problem.ts';
import { riskOf, type ScenarioMethod, scenarioOptimizers } from '../scenario/index.ts';
import * as measures from '../scenario/measures.ts';
import { type FurtherLimit, inWords } from './further-limits.ts';
import { byOuterCuts } from './outer-cuts.ts';

/**
 * Says how near further limits let a target on a scenario measure come.
 *
 * @param plain the problem with bounds and linear limits only
 * @returns null when the method has no such target, or the limits do not put it out of reach
 */
export function riskOutOfReach(
  method: string,
  plain: Problem,
  limits: readonly FurtherLimit[],
): Infeasible | null {
  const target = plain.targetRisk;
  const measure = Object.values(measures).find(({ name }) => method === `target-${name}`);
  if (measure === undefined || target === undefined || plain.scenarios === undefined) return null;
  const calmest = scenarioOptimizers[`minimum-${measure.name}` as ScenarioMethod];
  const risk = riskOf(measure, plain.scenarios, plain.confidence);
  try {
    const { weights, binding } = byOuterCuts(calmest, plain, limits, calmest(plain));
    const least = risk.value(weights);
    if (!(least > target)) return null;
    const holding = limits.filter(({ name, most }) =>
      binding.some((one) => one.limit === name && one.bound === most),
    );
    const held = holding.map(inWords).join(' and ');
    const because = held === '' ? '' : `, held there by ${held}`;
    return new Infeasible(
      `Infeasible: a target ${measure.label} of ${percent(target)} is out of reach; the lowest is ${percent(least)}${because}; raise the target or loosen a limit.`,
      [{ limit: `target ${measure.label}`, bound: target, wouldWork: least }],
    );
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}
