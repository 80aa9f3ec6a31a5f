import { EngineError, Infeasible } from '../../errors.ts';
import { percent } from '../../percent.ts';
import { allocation, bindings, netReturnOf } from '../allocation.ts';
import { highestReturn } from '../highest-return.ts';
import type { Allocation, Binding, Optimizer, Problem } from '../problem.ts';
import { type LeastRisk, leastRisk } from './least-risk.ts';
import type { ScenarioMeasure } from './measure.ts';
import { leastRiskWithin, solvedBy } from './minimum-risk.ts';
import { presentWithin } from './present-within.ts';
import {
  checkBounded,
  largestGap,
  pricesAt,
  type Setting,
  settingOf,
  withClosedLimits,
} from './setting.ts';
import { settle } from './settle.ts';
import { netReturnLine, netReturnModel, ofWeights, withSales } from './trading.ts';

/** Where the search for the return may stop; prices make it quadratic, so this costs one step. */
const enough = 1e-9;
/** Where a target is this part above the least risk, a digit of risk is worth much return. */
const steep = 1e-6;
/** Relative gap up to which a return there counts as proved. */
const largestSteepGap = 1e-4;
/** How near the bound present weights are as good as any. */
const asGood = 1e-8;

interface Point {
  readonly weights: Float64Array;
  readonly net: number;
  readonly risk: number;
}

/**
 * The portfolio of highest return less trading costs whose risk per period stays within `targetRisk`.
 *
 * The least risk at a return is convex in the return. Each solve gives a tangent of it that bounds the
 * return from above, and each pair of portfolios around the target mixes to one that keeps it, within
 * 1e-9 of it where it is the least possible.
 *
 * @returns with the method: its residual is the relative gap to the tangents' bound, at most 1e-6, at the
 *   least possible risk 1e-4; its shadow prices are return per year
 */
export function returnAtRisk(measure: ScenarioMeasure): Optimizer {
  return ({ marketImpact: _, ...problem }) => {
    const wished = targetOf(problem, measure);
    const setting = settingOf(measure, problem);
    const { data } = setting;
    const method = `target-${measure.name}`;
    const calmest = leastRiskWithin(setting);
    const room = 1e-9 * Math.max(Math.abs(wished), 1e-2 * data.unit);
    if (calmest.risk > wished + room) throw outOfReach(setting, wished, calmest);
    // Several portfolios may share the least risk and not earn the same.
    const target = Math.max(wished, calmest.risk + room / 2);
    const best = highestReturn(withClosedLimits(problem), { center: calmest.weights });
    const spent = calmest.found.iterations + best.iterations;
    const point = (weights: Float64Array): Point => ({
      weights,
      net: netReturnOf(problem, weights),
      risk: setting.riskOf(weights),
    });
    const top = point(best.x);
    if (top.risk <= target) {
      checkBounded(setting.program, best.x);
      const binding = bindings(problem, best, 'return', 1);
      return answer(setting, method, best.x, best.residual, spent, binding, 'optimality');
    }
    return search(setting, target, point(calmest.weights), top, point, spent);
  };
}

function search(
  setting: Setting,
  target: number,
  low: Point,
  high: Point,
  point: (weights: Float64Array) => Point,
  spent: number,
): Allocation {
  const { problem, program, data, measure } = setting;
  const line = netReturnLine(problem, program);
  const scale = Math.max(...problem.expectedReturns.map(Math.abs), 1e-6);
  const isSteep = target - low.risk <= steep * Math.max(Math.abs(target), 1e-2 * data.unit);
  let iterations = spent;
  let bound = high.net;
  let last: { found: LeastRisk; price: number } | null = null;
  let mixed = mix(low, high, target, setting);
  let wanted = low.net + ((target - low.risk) / (high.risk - low.risk)) * (high.net - low.net);
  for (let step = 0; step < 60; step++) {
    const share = Math.min(1, Math.max(0, (wanted - low.net) / (high.net - low.net)));
    const start = low.weights.map((w, i) => w + share * (high.weights[i] - w));
    const model = netReturnModel(program, line, wanted);
    const found = leastRisk(data, model, withSales(program, line, start));
    iterations += found.iterations;
    const price = found.prices[found.prices.length - 1];
    let reached = point(settle(program, program.rows, found.weights));
    // A move to a bound may be worth more risk than the target leaves.
    if (reached.risk > target && found.risk <= target)
      reached = point(settle(program, program.rows, found.weights, 0));
    if (reached.risk <= target) {
      if (reached.net > low.net) low = reached;
    } else if (reached.net < high.net) high = reached;
    mixed = mix(low, high, target, setting);
    const tangent = price > 0 ? wanted + (target - found.bound) / price : Infinity;
    if (tangent <= bound || last === null) last = { found, price };
    bound = Math.min(bound, tangent);
    if (bound - netReturnOf(problem, mixed) <= enough * scale) break;
    // The tangent's own point; where it lies beyond all that is known, the chord or halfway.
    const inside = bound > low.net && bound < high.net && step % 4 < 3;
    const chord = (target - low.risk) / (high.risk - low.risk);
    const onward = step % 2 === 0 ? chord : 0.5;
    wanted = inside ? bound : low.net + onward * (high.net - low.net);
    if (!(high.net - low.net > 1e-14 * scale)) break;
  }
  const present = presentWithin(setting, target);
  const idle = present !== null && bound - netReturnOf(problem, present) <= asGood * scale;
  const chosen = idle ? present : mixed;
  const gap = Math.max(0, bound - netReturnOf(problem, chosen)) / scale;
  if (!(gap <= (isSteep ? largestSteepGap : largestGap)) || last === null) {
    throw new EngineError(
      'not-converged',
      `The return at the target ${measure.label} is proved only to ${gap.toExponential(1)}; give more scenarios.`,
      { gap, target },
    );
  }
  checkBounded(program, chosen);
  const { found, price } = last;
  const prices = pricesAt(setting, chosen, { ...found, reduced: ofWeights(line, found.reduced) });
  const binding: Binding[] = [
    ...bindings(problem, prices, 'return', 1 / price),
    {
      limit: `target ${measure.label}`,
      kind: 'at-most',
      bound: target,
      shadowPrice: 1 / price,
      shadowUnit: 'return',
    },
  ];
  const method = `target-${measure.name}`;
  return answer(setting, method, chosen, gap, iterations, binding, 'gap');
}

/** The mix of a portfolio within the target and one beyond it that meets it, by regula falsi. */
function mix(low: Point, high: Point, target: number, { riskOf }: Setting): Float64Array {
  const at = (share: number) => low.weights.map((w, i) => w + share * (high.weights[i] - w));
  let from = 0;
  let to = 1;
  let under = low.risk - target;
  let over = high.risk - target;
  if (under >= 0) return low.weights;
  for (let step = 0; step < 80 && to - from > 1e-15; step++) {
    const guess = step % 3 === 2 ? (from + to) / 2 : from - (under * (to - from)) / (over - under);
    const share = Math.min(Math.max(guess, from), to);
    const miss = riskOf(at(share)) - target;
    if (miss <= 0) {
      from = share;
      under = miss;
      if (-miss <= 1e-13 * Math.abs(target)) break;
    } else {
      to = share;
      over = miss;
    }
  }
  return at(from);
}

function answer(
  { problem }: Setting,
  method: string,
  weights: Float64Array,
  residual: number,
  iterations: number,
  binding: readonly Binding[],
  certificate: 'gap' | 'optimality',
): Allocation {
  const done = { method, weights, binding, residual, iterations };
  const by =
    certificate === 'gap' ? `tangents of the frontier by ${solvedBy}` : 'active set on the return';
  return { ...allocation(problem, { ...done, solvedBy: by }), certificate };
}

function targetOf({ targetRisk }: Problem, { label }: ScenarioMeasure): number {
  if (targetRisk === undefined) {
    throw new EngineError(
      'missing-parameter',
      `This method needs the most ${label} per period; set targetRisk.`,
      { parameter: 'targetRisk' },
    );
  }
  if (!Number.isFinite(targetRisk)) {
    throw new EngineError(
      'bad-input',
      `The target ${label} is ${targetRisk}; give a fraction per period, e.g. 0.02.`,
      { target: targetRisk },
    );
  }
  return targetRisk;
}

function outOfReach(
  setting: Setting,
  target: number,
  { weights, risk, found }: { weights: Float64Array; risk: number; found: LeastRisk },
): Infeasible {
  const { measure, problem } = setting;
  const name = `target ${measure.label}`;
  const held = bindings(problem, pricesAt(setting, weights, found), 'risk', 1)
    .filter((one) => !(one.kind === 'lower' && one.bound === 0))
    .map((one) => one.limit);
  const because = held.length === 0 ? '' : `, held there by ${held.slice(0, 3).join(', ')}`;
  return new Infeasible(
    `Infeasible: a ${name} of ${percent(target)} is out of reach; the lowest is ${percent(risk)}${because}; raise the target or loosen a limit.`,
    [{ limit: name, bound: target, wouldWork: risk }],
  );
}
