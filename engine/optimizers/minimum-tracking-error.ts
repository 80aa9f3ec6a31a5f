import { EngineError } from '../errors.ts';
import { product } from '../linalg/quadratic-form.ts';
import { solveQuadraticProgram } from '../solvers/solve.ts';
import { allocation, bindings } from './allocation.ts';
import { covarianceForm, varianceOf } from './covariance-form.ts';
import { costPriceOf } from './minimum-variance.ts';
import { portfolioProgram, scaledKinks } from './portfolio-program.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * The portfolio whose return differs least from a benchmark's within the limits: least variance of
 * the difference. The benchmark may hold what the limits do not allow.
 *
 * As with minimum variance, trading costs count when `riskAversion` gives them a price (variance of
 * the difference + 2/riskAversion x costs is minimised); without it they are reported only.
 *
 * @returns shadow prices are variance of the difference per year saved by one unit of relaxation
 * @throws {EngineError} 'missing-parameter' without a benchmark; 'bad-input' for one of another size
 * @throws {Infeasible} when no portfolio meets the limits
 * @source Roll (1992), tracking-error variance
 */
export function minimumTrackingError(problem: Problem): Allocation {
  const benchmark = benchmarkOf(problem);
  const program = portfolioProgram(problem);
  const quadratic = covarianceForm(problem);
  const solution = solveQuadraticProgram(
    {
      ...program,
      ...scaledKinks(program, costPriceOf(problem)),
      quadratic,
      linear: product(quadratic, benchmark).map((v) => -v),
    },
    // Of several portfolios that track equally well, the one nearest to the benchmark itself.
    { center: benchmark },
  );
  return allocation(problem, {
    method: 'minimum-tracking-error',
    weights: solution.x,
    binding: bindings(problem, solution, 'variance', 2),
    residual: solution.residual,
    iterations: solution.iterations,
    solvedBy: 'active set',
  });
}

/**
 * Volatility per year of the difference between a portfolio and the benchmark.
 *
 * @throws {EngineError} 'missing-parameter' without a benchmark
 */
export function trackingErrorOf(problem: Problem, weights: Float64Array): number {
  const benchmark = benchmarkOf(problem);
  return Math.sqrt(
    varianceOf(
      problem,
      weights.map((w, i) => w - benchmark[i]),
    ),
  );
}

function benchmarkOf({ benchmark, assets }: Problem): Float64Array {
  if (benchmark === undefined) {
    throw new EngineError(
      'missing-parameter',
      'Tracking needs the weights of a benchmark; set benchmark.',
      { parameter: 'benchmark' },
    );
  }
  if (benchmark.length !== assets.length || !benchmark.every(Number.isFinite)) {
    throw new EngineError(
      'bad-input',
      `The benchmark needs one weight for each of the ${assets.length} assets; correct benchmark.`,
      { given: benchmark.length, needed: assets.length },
    );
  }
  return benchmark;
}
