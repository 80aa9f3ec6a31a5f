import { EngineError } from '../../errors.ts';
import { zeroForm } from '../../linalg/quadratic-form.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { type PortfolioProgram, portfolioProgram } from '../portfolio-program.ts';
import type { Problem } from '../problem.ts';
import type { LeastRisk } from './least-risk.ts';
import type { ScenarioMeasure } from './measure.ts';
import { levelsIn, type RiskData, riskData, riskIn } from './risk-data.ts';
import { closed, widest } from './risk-model.ts';
import { confidenceOf, scenariosOf } from './scenarios.ts';

/** A problem read for a measure: its limits, its scenarios and a portfolio within the limits. */
export interface Setting {
  readonly problem: Problem;
  readonly measure: ScenarioMeasure;
  readonly program: PortfolioProgram;
  readonly data: RiskData;
  /** The measure of weights. */
  readonly riskOf: (weights: Float64Array) => number;
}

/** The same problem with {@link closed} limits: what starts a search must end somewhere. */
export function withClosedLimits(problem: Problem): Problem {
  return { ...problem, limits: closed(problem.limits) };
}

/** Relative gap up to which an answer counts as proved. */
export const largestGap = 1e-6;

export function settingOf(measure: ScenarioMeasure, problem: Problem): Setting {
  const program = portfolioProgram(problem);
  const data = riskData(measure, scenariosOf(problem), confidenceOf(problem));
  return {
    problem,
    measure,
    program,
    data,
    riskOf: (weights) => riskIn(data, levelsIn(data, weights)),
  };
}

/**
 * A corner of the limits, among the assets that swing least: most of its weights stand at a bound.
 *
 * @throws {Infeasible} naming the limits that conflict
 */
export function cornerOf({ program, data }: Setting): Float64Array {
  const { names, rows } = program;
  const { lower, upper } = closed(program);
  const { count, series } = data;
  const n = names.length;
  const linear = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < count; t++) linear[i] += series[i * count + t] ** 2;
    linear[i] /= count;
  }
  return solveQuadraticProgram({ names, lower, upper, rows, quadratic: zeroForm(n), linear }).x;
}

/** A gap as a part of the risk, or of a hundredth of the mean size of returns where the risk is less. */
export function relativeGap(data: RiskData, risk: number, bound: number): number {
  return Math.max(0, risk - bound) / Math.max(Math.abs(risk), 1e-2 * data.unit);
}

/** @throws {EngineError} 'not-converged' when the gap is too wide to prove anything */
export function checkGap(measure: ScenarioMeasure, gap: number): number {
  if (gap <= largestGap) return gap;
  throw new EngineError(
    'not-converged',
    `The least ${measure.label} is proved only to ${gap.toExponential(1)}; give more scenarios or fewer assets.`,
    { gap },
  );
}

/** @throws {EngineError} 'unbounded' when a weight ran to where only what {@link closed} adds stops it */
export function checkBounded(program: PortfolioProgram, weights: Float64Array): void {
  for (let i = 0; i < weights.length; i++) {
    if (!(Math.abs(weights[i]) > 0.99 * widest)) continue;
    throw new EngineError(
      'unbounded',
      `The weight of ${program.names[i]} goes beyond ${widest} times the whole; give every weight a limit.`,
      { asset: program.names[i], weight: weights[i] },
    );
  }
}

/**
 * Prices of single bounds and of rows, without those that stand at no bound or are rounding.
 *
 * @returns in the layout of the portfolio program: budget first, then the linear limits
 */
export function pricesAt(
  { program, data }: Setting,
  weights: Float64Array,
  found: Pick<LeastRisk, 'reduced' | 'prices'>,
): { boundMultipliers: Float64Array; rowMultipliers: Float64Array } {
  const least = 1e-7 * data.unit;
  const { lower, upper, rows } = program;
  const boundMultipliers = weights.map((w, i) => {
    const price = found.reduced[i];
    if (Math.abs(price) <= least) return 0;
    return (price > 0 ? w - lower[i] : upper[i] - w) <= 1e-9 ? price : 0;
  });
  const rowMultipliers = Float64Array.from(rows, (_, r) =>
    Math.abs(found.prices[r]) <= least ? 0 : found.prices[r],
  );
  return { boundMultipliers, rowMultipliers };
}
