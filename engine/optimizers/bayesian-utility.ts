import { EngineError } from '../errors.ts';
import { dot, multiply } from '../linalg/multiply.ts';
import { checkSemidefinite } from '../linalg/semidefinite.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings, tradingCostOf } from './allocation.ts';
import { covarianceForm } from './covariance-form.ts';
import { requiredRiskAversion } from './mean-variance-utility.ts';
import { portfolioProgram } from './portfolio-program.ts';
import type { Allocation, Belief, Problem } from './problem.ts';

const mostSteps = 60;
/** The slope of the utility may differ by this part from the one that a step was proved optimal with. */
const settled = 1e-12;

/**
 * The portfolio of highest certainty equivalent when the moments themselves are uncertain: over draws
 * of what they could be, -1/a log mean exp(-a (return - a/2 variance)) less trading costs, a the risk
 * aversion. Draws in which the portfolio does badly count more, so uncertainty of means is risk too.
 *
 * Newton's method, each step a quadratic program on the limits.
 *
 * @returns shadow prices are utility (return per year) gained by one unit of relaxation; expected
 *   return and volatility are those of the problem's own moments
 * @throws {EngineError} 'missing-parameter' without a positive risk aversion or beliefs; 'bad-input'
 *   when a belief has other sizes; 'not-psd' when its covariance is none
 * @throws {Infeasible} when no portfolio meets the limits
 * @source Klein and Bawa (1976); sampled as in Markowitz and Usmen (2003)
 */
export function bayesianUtility(problem: Problem): Allocation {
  const aversion = requiredRiskAversion(problem);
  const { beliefs = [], assets } = problem;
  checkBeliefs(beliefs, assets);
  if (!(aversion > 0)) {
    throw new EngineError(
      'missing-parameter',
      'Bayesian utility needs a risk aversion above 0; set riskAversion.',
      { riskAversion: aversion },
    );
  }
  const program = portfolioProgram(problem);
  let solution = solveQuadraticProgram({
    ...program,
    quadratic: covarianceForm(problem),
    linear: new Float64Array(assets.length),
  });
  let x = solution.x;
  let iterations = solution.iterations;
  let local = model(beliefs, aversion, x);
  for (let step = 0; step < mostSteps; step++) {
    const bent = multiply(local.hessian, x);
    // Assets that stand in for each other leave several best steps: the shortest one is taken.
    solution = solveQuadraticProgram(
      { ...program, quadratic: local.hessian, linear: local.slope.map((g, i) => g - bent[i]) },
      { warm: solution.workingSet, center: x },
    );
    iterations += solution.iterations;
    const way = solution.x.map((value, i) => value - x[i]);
    const bend = multiply(local.hessian, way);
    const next = model(beliefs, aversion, solution.x);
    const missed = largest(next.slope.map((g, i) => g - local.slope[i] - bend[i]));
    const scale = Math.max(largest(next.slope), largest(local.hessian));
    if (missed <= settled * scale) {
      return allocation(problem, {
        method: 'bayesian-utility',
        weights: solution.x,
        binding: bindings(problem, solution, 'utility', 1),
        residual: scale > 0 ? Math.max(solution.residual, missed / scale) : solution.residual,
        iterations,
        solvedBy: 'Newton over active set',
      });
    }
    x = shortened(problem, beliefs, aversion, x, way, dot(local.slope, way));
    local = model(beliefs, aversion, x);
  }
  throw new EngineError(
    'not-converged',
    `The certainty equivalent did not settle in ${mostSteps} steps; check the scale of the beliefs.`,
    { steps: mostSteps },
  );
}

const largest = (values: Float64Array) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** -certainty equivalent before costs; x may be any weights. */
function lossOf(beliefs: readonly Belief[], aversion: number, x: Float64Array): number {
  const losses = beliefs.map(({ expectedReturns, covariance }) => {
    const bent = multiply(covariance, x);
    return aversion * ((aversion / 2) * dot(bent, x) - dot(expectedReturns, x));
  });
  const top = Math.max(...losses);
  const total = losses.reduce((sum, loss) => sum + Math.exp(loss - top), 0);
  return (top + Math.log(total / beliefs.length)) / aversion;
}

/** Slope and Hessian of {@link lossOf}. */
function model(beliefs: readonly Belief[], aversion: number, x: Float64Array) {
  const n = x.length;
  const slopes: Float64Array[] = [];
  const losses = beliefs.map(({ expectedReturns, covariance }) => {
    const bent = multiply(covariance, x);
    slopes.push(bent.map((value, i) => aversion * value - expectedReturns[i]));
    return aversion * ((aversion / 2) * dot(bent, x) - dot(expectedReturns, x));
  });
  const top = Math.max(...losses);
  const weights = losses.map((loss) => Math.exp(loss - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const slope = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  beliefs.forEach(({ covariance }, s) => {
    const share = weights[s] / total;
    for (let i = 0; i < n; i++) slope[i] += share * slopes[s][i];
    for (let at = 0; at < n * n; at++) hessian[at] += share * aversion * covariance[at];
  });
  slopes.forEach((own, s) => {
    const share = (aversion * weights[s]) / total;
    for (let i = 0; i < n; i++) {
      // The product first: both halves come to the same bits, also where they all but cancel.
      for (let j = 0; j < n; j++)
        hessian[i * n + j] += share * ((own[i] - slope[i]) * (own[j] - slope[j]));
    }
  });
  return { slope, hessian };
}

/** As much of the step as lowers loss and costs together. */
function shortened(
  problem: Problem,
  beliefs: readonly Belief[],
  aversion: number,
  x: Float64Array,
  way: Float64Array,
  slope: number,
): Float64Array {
  const value = (at: Float64Array) => lossOf(beliefs, aversion, at) + tradingCostOf(problem, at);
  const at = (length: number) => x.map((w, i) => w + length * way[i]);
  const before = value(x);
  const whole = slope + tradingCostOf(problem, at(1)) - tradingCostOf(problem, x);
  for (let length = 1; length > 1e-6; length /= 2) {
    const tried = at(length);
    if (value(tried) <= before + 1e-4 * length * whole + 1e-15) return tried;
  }
  return at(1);
}

function checkBeliefs(beliefs: readonly Belief[], assets: readonly string[]): void {
  const n = assets.length;
  if (beliefs.length === 0) {
    throw new EngineError(
      'missing-parameter',
      'Bayesian utility needs draws of what the moments could be; set beliefs.',
      { parameter: 'beliefs' },
    );
  }
  const wrong = beliefs.findIndex(
    ({ expectedReturns, covariance }) =>
      expectedReturns.length !== n ||
      covariance.length !== n * n ||
      !expectedReturns.every(Number.isFinite) ||
      !covariance.every(Number.isFinite),
  );
  if (wrong < 0) {
    for (const { covariance } of beliefs) checkSemidefinite(covariance, n, assets);
    return;
  }
  throw new EngineError(
    'bad-input',
    `Belief ${wrong + 1} does not hold ${n} expected returns and ${n} x ${n} covariances.`,
    { belief: wrong, n },
  );
}
