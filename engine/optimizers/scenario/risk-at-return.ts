import { EngineError } from '../../errors.ts';
import type { Solution } from '../../solvers/quadratic-program.ts';
import { bindings } from '../allocation.ts';
import { highestReturn } from '../highest-return.ts';
import type { Optimizer, Problem } from '../problem.ts';
import { targetConflict } from '../target-conflict.ts';
import { leastRisk } from './least-risk.ts';
import type { ScenarioMeasure } from './measure.ts';
import { riskAnswer } from './minimum-risk.ts';
import { plainModel } from './risk-model.ts';
import { checkBounded, checkGap, relativeGap, settingOf, withClosedLimits } from './setting.ts';
import { settle } from './settle.ts';

/**
 * The portfolio of least risk on scenarios whose expected return, trading costs aside, reaches
 * `targetReturn`.
 *
 * @returns with the method: its shadow prices are risk per period saved by one unit of relaxation
 */
export function riskAtReturn(measure: ScenarioMeasure): Optimizer {
  return (problem) => {
    const target = targetOf(problem);
    const setting = settingOf(measure, problem);
    const { program, data } = setting;
    const start = reaching(problem, target);
    const row = {
      name: 'target return',
      coefficients: problem.expectedReturns,
      // A target that only rounding puts above the highest return is that.
      lower: Math.min(target, -start.objective),
      upper: Infinity,
    };
    const found = leastRisk(data, plainModel(program, [row]), start.x);
    const weights = settle(program, [...program.rows, row], found.weights);
    checkBounded(program, weights);
    const risk = setting.riskOf(weights);
    const gap = checkGap(measure, relativeGap(data, risk, found.bound));
    const iterations = start.iterations + found.iterations;
    const method = `target-return-${measure.name}`;
    return riskAnswer(setting, method, weights, gap, { ...found, iterations }, [
      {
        limit: 'target return',
        kind: 'target-return',
        bound: target,
        shadowPrice: Math.max(0, found.prices[program.rows.length]),
        shadowUnit: 'risk',
      },
    ]);
  };
}

function targetOf({ targetReturn }: Problem): number {
  if (targetReturn === undefined) {
    throw new EngineError('missing-parameter', 'This method needs a target; set targetReturn.', {
      parameter: 'targetReturn',
    });
  }
  if (!Number.isFinite(targetReturn)) {
    throw new EngineError(
      'bad-input',
      `The target return is ${targetReturn}; give a fraction per year, e.g. 0.06.`,
      { target: targetReturn },
    );
  }
  return targetReturn;
}

/** A portfolio that reaches the target. @throws {Infeasible} naming the highest that can be reached */
function reaching(
  { tradingCosts: _, marketImpact: __, ...problem }: Problem,
  target: number,
): Pick<Solution, 'x' | 'objective' | 'iterations'> {
  const best = highestReturn(withClosedLimits(problem));
  const highest = -best.objective;
  if (highest < target - 1e-11) {
    const name = 'target return';
    const reach = (relaxed: Problem) => -highestReturn(relaxed).objective;
    const held = bindings(problem, best, 'return', 1).filter((one) => one.shadowPrice > 1e-9);
    throw targetConflict(problem, { name, bound: target, reachable: highest, reach }, held);
  }
  return best;
}
