import { EngineError } from '../../errors.ts';
import { dot } from '../../linalg/multiply.ts';
import { zeroForm } from '../../linalg/quadratic-form.ts';
import type { NamedRow } from '../../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { allocation, bindings, netReturnOf } from '../allocation.ts';
import { highestReturnIfAny } from '../highest-return.ts';
import { scaledKinks } from '../portfolio-program.ts';
import type { Optimizer } from '../problem.ts';
import { leastRisk } from './least-risk.ts';
import type { ScenarioMeasure } from './measure.ts';
import { leastRiskWithin, solvedBy } from './minimum-risk.ts';
import { multiplesModel } from './multiples-model.ts';
import { checkGap, pricesAt, type Setting, settingOf } from './setting.ts';
import { settle } from './settle.ts';
import { netReturnLine } from './trading.ts';

/**
 * The portfolio of highest ratio: expected return per year less trading costs less the risk-free rate,
 * over a risk per period of the scenarios. Where cash makes several equally good, the one with the
 * least cash.
 *
 * Every measure doubles with the portfolio, so the best ratio is the least risk among multiples of
 * portfolios with one excess return.
 *
 * @returns with the method: its shadow prices are ratio gained by one unit of relaxation
 */
export function riskRatio(measure: ScenarioMeasure): Optimizer {
  return ({ marketImpact: _, ...problem }) => {
    const setting = settingOf(measure, problem);
    const { program, data } = setting;
    const best = highestReturnIfAny(problem);
    if (best === null) throw withoutEnd(measure);
    const most = -best.objective - problem.riskFree;
    if (!(most > 1e-12)) {
      throw new EngineError(
        'no-excess-return',
        `No portfolio within the limits beats the risk-free rate of ${(100 * problem.riskFree).toFixed(1)} %; hold cash or lower the costs.`,
        { highestReturn: -best.objective, riskFree: problem.riskFree },
      );
    }
    const least = leastRiskWithin(setting);
    if (least.risk < -1e-9 * data.unit) throw withoutRisk(measure, least.risk);
    const line = netReturnLine(problem, program);
    const multiples = multiplesModel(program, line, problem.riskFree, most);
    const found = leastRisk(data, multiples.model, multiples.from(best.x));
    const weights = settle(program, program.rows, multiples.weights(found.x));
    const risk = setting.riskOf(weights);
    if (!(risk > 1e-7 * data.unit)) throw withoutRisk(measure, risk);
    const ratio = (netReturnOf(problem, weights) - problem.riskFree) / risk;
    const bound = highestRatio(setting, found.gradient, ratio, least.found.bound);
    const gap = checkGap(measure, Math.max(0, bound / ratio - 1));
    // risk of the multiple is most / ratio: a price in it is ratio^2 / most in the ratio, per multiple.
    const scale = (multiples.multiple(found.x) * ratio ** 2) / most;
    const { boundMultipliers, rowMultipliers } = multiples.prices(found);
    const prices = pricesAt(setting, weights, {
      reduced: boundMultipliers,
      prices: rowMultipliers,
    });
    return {
      ...allocation(problem, {
        method: `maximum-return-to-${measure.name}`,
        weights,
        binding: bindings(problem, prices, 'ratio', scale),
        residual: gap,
        iterations: best.iterations + least.found.iterations + found.iterations,
        solvedBy: `${solvedBy}, in multiples of the portfolio`,
      }),
      certificate: 'gap',
    };
  };
}

/**
 * An upper bound on the ratio, from gradient'w, which is never above the risk, and from the least risk
 * of all. The highest of excess return - ratio x gradient'w over the limits is a linear program; what it
 * leaves above 0 counts over the risk there, or over the least risk (Dinkelbach).
 */
function highestRatio(
  { problem, program, data }: Setting,
  gradient: Float64Array,
  reached: number,
  leastRisk: number,
): number {
  const n = program.names.length;
  const slope = gradient.slice(0, n);
  // What earns less than the rate has no ratio to speak of, and may have a negative bound on its risk.
  const earning: NamedRow = {
    name: 'at least the risk-free rate',
    coefficients: problem.expectedReturns,
    lower: problem.riskFree,
    upper: Infinity,
  };
  // As in every gap: less risk than a hundredth of the mean size of returns counts as that much.
  const floor = Math.max(leastRisk, 1e-2 * data.unit);
  let ratio = reached;
  let bound = Infinity;
  for (let step = 0; step < 30; step++) {
    const best = solveQuadraticProgram({
      ...program,
      ...scaledKinks(program, 1),
      rows: [...program.rows, earning],
      quadratic: zeroForm(n),
      linear: slope.map((g, i) => ratio * g - problem.expectedReturns[i]),
    }).x;
    const excess = netReturnOf(problem, best) - problem.riskFree;
    const risk = dot(slope, best);
    const over = Math.max(0, excess - ratio * risk);
    bound = Math.min(bound, ratio + over / floor);
    if (bound <= reached * (1 + 1e-8)) return bound;
    if (over <= 1e-13 * Math.max(ratio * data.unit, excess)) return Math.min(bound, ratio);
    if (!(risk > 0)) return bound;
    ratio = excess / risk;
  }
  return bound;
}

function withoutEnd({ label }: ScenarioMeasure): EngineError {
  return new EngineError(
    'unbounded',
    `The best return to ${label} is searched for from the highest return, which has no end here; give every weight a limit.`,
    { measure: label },
  );
}

function withoutRisk(measure: ScenarioMeasure, risk: number): EngineError {
  return new EngineError(
    'zero-variance',
    `A portfolio within the limits has no ${measure.label}, so the ratio has no highest value; choose another measure or limit its assets.`,
    { risk },
  );
}
