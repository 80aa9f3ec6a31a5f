import { EngineError } from '../../errors.ts';
import { allocation } from '../allocation.ts';
import type { Allocation, Optimizer, Problem, Scenarios } from '../problem.ts';
import type { ScenarioMeasure } from '../scenario/measure.ts';
import { riskOf } from '../scenario/risk.ts';
import { confidenceOf, probabilitiesOf, scenariosOf } from '../scenario/scenarios.ts';
import { boundsAllow } from './bounds-allow.ts';
import {
  budgetBindings,
  holding,
  noSharing,
  notProved,
  wholeWeights,
  withoutChoice,
} from './budget-answer.ts';
import { budgetGap } from './budget-gap.ts';
import { type BudgetProblem, budgetProblem, mustBeFeasible } from './budget-problem.ts';
import { type ScenarioLosses, ScenarioTerm } from './scenario-term.ts';
import { shareRisk } from './strength-search.ts';

/** Gap at which an answer counts as proved. */
const certified = 1e-6;
/** A risk that is this part of the asset's largest return is what rounding leaves of none. */
const rounding = 1e-12;

/**
 * Risk budgeting under a measure on scenarios: every asset carries the share of it that `riskBudgets`
 * asks for, all the same when there are none; else as {@link riskParity}. An asset's contribution is its
 * weight times the measure's slope; where the measure has a kink, times the slope in the kink that
 * makes the contributions right.
 *
 * @param measure losses, deviations from the mean, or (root mean square only) drawdowns
 * @returns an optimizer. Shadow prices are, per unit of relaxation, what the risk less the logarithms'
 *   reward would fall by; the residual is the duality gap relative to the risk
 * @throws {Infeasible} when no portfolio meets the limits, or none whose free assets share risk
 * @throws {EngineError} 'missing-parameter' without scenarios; 'zero-variance' when nothing carries risk
 *   or a long-only mix has none; 'bad-input' for budgets that do not fit; 'unbounded' as
 *   {@link riskParity}; 'not-converged' when the shares are not proved
 * @source Richard and Roncalli (2019); Cesarone and Colucci (2018) for CVaR
 */
export function scenarioRiskParity(measure: ScenarioMeasure): Optimizer {
  return (problem) => solve(problem, measure);
}

function solve(problem: Problem, measure: ScenarioMeasure): Allocation {
  const method = `risk-parity-${measure.name}`;
  boundsAllow(problem);
  const scenarios = scenariosOf(problem);
  const risk = riskOf(measure, scenarios, confidenceOf(problem));
  const n = problem.assets.length;
  const unit = new Float64Array(n);
  const risks = Float64Array.from(problem.assets, (_, i) => {
    unit.fill(0);
    unit[i] = 1;
    const value = risk.value(unit);
    return value > rounding * largestOf(scenarios, i) ? value : 0;
  });
  const posed = budgetProblem(problem, risks);
  const repaired = posed.repairs.length > 0 && { repairs: posed.repairs };
  mustBeFeasible(problem);
  const fixed = withoutChoice(posed);
  if (fixed !== null) {
    const weights = wholeWeights(posed, fixed);
    const answer = { method, weights, binding: [], residual: 0, iterations: 0 };
    return { ...allocation(problem, { ...answer, solvedBy: 'the limits alone' }), ...repaired };
  }
  const losses = lossesOf(problem, posed, measure);
  const start = Float64Array.from(posed.members, (i, k) => posed.budgets[k] / risks[i]);
  let sum = 0;
  for (const w of start) sum += w;
  for (let k = 0; k < start.length; k++) start[k] *= posed.share / sum;
  const shared = shareRisk(posed, () => new ScenarioTerm(losses), start);
  if (!shared.found) throw noSharing(holding(problem, posed, shared.last));
  const { point } = shared;
  const weights = wholeWeights(posed, point.x);
  const value = risk.value(weights);
  if (!(value > 1e-7 * sumOf(risks, weights))) {
    throw new EngineError(
      'zero-variance',
      `A long-only mix of these assets has no ${measure.label} to share; use another measure or more scenarios.`,
      { value },
    );
  }
  // Of a squared risk the prices are those of half the square: per unit of risk they are 1 / risk.
  const scale = losses.kind === 'tail' || losses.kind === 'mean-excess' ? 1 : 1 / value;
  const residual = budgetGap(posed, losses, point, value, scale);
  if (!(residual < certified)) throw notProved(problem, residual);
  return {
    ...allocation(problem, {
      method,
      weights,
      binding: budgetBindings(problem, posed, point, scale),
      residual,
      iterations: point.iterations,
      solvedBy: 'interior point on scenarios',
    }),
    certificate: 'gap',
    ...repaired,
  };
}

/** The largest return of one asset, gain or loss. */
function largestOf({ returns, count }: Scenarios, i: number): number {
  const n = returns.length / count;
  let most = 0;
  for (let t = 0; t < count; t++) most = Math.max(most, Math.abs(returns[t * n + i]));
  return most;
}

function sumOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The members' losses per period as the interior-point method reads them. */
function lossesOf(
  problem: Problem,
  posed: BudgetProblem,
  measure: ScenarioMeasure,
): ScenarioLosses {
  const { returns, count } = scenariosOf(problem);
  const probabilities = probabilitiesOf(scenariosOf(problem));
  const factor = measure.factor?.(probabilities) ?? 1;
  const n = problem.assets.length;
  const m = posed.members.length;
  const mean = new Float64Array(n);
  if (measure.path === 'deviation') {
    for (let t = 0; t < count; t++)
      for (let i = 0; i < n; i++) mean[i] += probabilities[t] * returns[t * n + i];
  }
  const losses = new Float64Array(count * m);
  const offset = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    posed.members.forEach((i, k) => {
      losses[t * m + k] = mean[i] - returns[t * n + i];
    });
    for (let i = 0; i < n; i++)
      if (posed.aside[i] !== 0) offset[t] += posed.aside[i] * (mean[i] - returns[t * n + i]);
  }
  const drawdown = measure.path === 'drawdown';
  if (measure.shape === 'root-mean-square') {
    const kind = drawdown ? 'square-drawdown' : 'square';
    return { kind, losses, offset, mass: probabilities.map((p) => p * factor * factor) };
  }
  if (!drawdown && measure.shape === 'tail') {
    const tail = 1 - confidenceOf(problem);
    return { kind: 'tail', losses, offset, mass: probabilities.map((p) => (p * factor) / tail) };
  }
  if (!drawdown && measure.shape === 'mean-excess')
    return { kind: 'mean-excess', losses, offset, mass: probabilities.map((p) => p * factor) };
  throw new EngineError(
    'bad-input',
    `Risk cannot be shared by ${measure.label} here; use a loss, a deviation or the ulcer index.`,
    { measure: measure.name },
  );
}
