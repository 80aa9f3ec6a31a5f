import { EngineError } from '../errors.ts';
import { dot } from '../linalg/multiply.ts';
import { volatilityOf } from '../optimizers/allocation.ts';
import { covarianceForm } from '../optimizers/covariance-form.ts';
import { leastVariance } from '../optimizers/minimum-variance.ts';
import { portfolioProgram } from '../optimizers/portfolio-program.ts';
import type { Problem } from '../optimizers/problem.ts';
import { lineOf } from './line.ts';
import { endless, nextBreak, roundingOf, swap } from './next-break.ts';
import { heldAt } from './start.ts';

/** A portfolio of the efficient frontier. */
export interface FrontierPortfolio {
  /** t: the portfolio maximises t x return - variance/2; Infinity at the end of the frontier. */
  readonly riskTolerance: number;
  /** n weights, summing to 1. */
  readonly weights: Float64Array;
  /** Per year. */
  readonly expectedReturn: number;
  /** Per year. */
  readonly volatility: number;
}

/**
 * The whole efficient frontier, exactly: its corner portfolios from the least variance to the highest
 * return. Between two corners the weights are a straight line.
 *
 * Follows the optimality conditions of t x return - variance/2 as t grows: on a set of free weights
 * and held limits the solution is linear in t, until a weight or row meets a limit or a limit's
 * multiplier falls to zero. Trading costs do not enter: they belong to the way there.
 *
 * @returns at least one corner; the last has an infinite risk tolerance
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'unsupported-limit' for limits that are not linear, 'unbounded' when nothing
 *   limits a weight, 'not-converged' when corners do not end
 * @source Markowitz (1956, 1959); Bailey and Lopez de Prado (2013)
 */
export function criticalLine(problem: Problem): readonly FrontierPortfolio[] {
  refuseCurved(problem);
  const { tradingCosts: _, ...plain } = problem;
  const program = portfolioProgram(plain);
  const start = leastVariance(plain);
  let held = heldAt(program, start);
  const form = covarianceForm(problem);
  const rounding = roundingOf(problem.expectedReturns, Math.max(...form.diagonal));
  const corners: FrontierPortfolio[] = [];
  let t = 0;
  let swapped = -1;
  const most = 200 + 50 * (program.names.length + program.rows.length);
  for (let steps = 0; ; steps++) {
    if (steps > most) {
      throw new EngineError(
        'not-converged',
        `The frontier did not end after ${steps} corners; check for assets that are copies of each other.`,
        { steps, riskTolerance: t },
      );
    }
    const line = lineOf(form, problem.expectedReturns, program, held);
    if (corners.length === 0) corners.push(portfolio(plain, line.at(0), 0));
    const found = nextBreak(program, held, line, t, swapped, rounding);
    if (found === null) {
      const runaway = endless(held, line, rounding);
      if (runaway >= 0) {
        throw new EngineError(
          'unbounded',
          `The frontier has no end: the weight of ${problem.assets[runaway]} grows without one; give every weight a limit.`,
          { asset: problem.assets[runaway] },
        );
      }
      const end = portfolio(plain, line.at(t), Number.POSITIVE_INFINITY);
      // The last corner is where the frontier ends, however much more risk is tolerated.
      if (corners.length > 1) corners.pop();
      corners.push(end);
      return corners;
    }
    if (found.t > t) corners.push(portfolio(plain, line.at(found.t), found.t));
    t = found.t;
    held = swap(held, found);
    swapped = found.index;
  }
}

function portfolio(
  problem: Problem,
  weights: Float64Array,
  riskTolerance: number,
): FrontierPortfolio {
  const expectedReturn = dot(problem.expectedReturns, weights);
  const volatility = volatilityOf(problem, weights);
  return { riskTolerance, weights, expectedReturn, volatility };
}

function refuseCurved({ limits }: Problem): void {
  const { turnover, volatility, trackingError, conditionalValueAtRisk } = limits;
  const others = { turnover, volatility, trackingError, conditionalValueAtRisk };
  const { holdings, smallestHolding } = limits;
  const given = Object.entries({ ...others, holdings, smallestHolding }).find(
    ([, value]) => value !== undefined,
  );
  if (given === undefined) return;
  throw new EngineError(
    'unsupported-limit',
    `The critical line follows bounds and linear limits only; leave out ${given[0]} or sample the frontier instead.`,
    { limit: given[0], value: given[1] },
  );
}
