import { wishart } from '../bayes/wishart.ts';
import { EngineError } from '../errors.ts';
import { covarianceRoot } from '../linalg/covariance-root.ts';
import { randomSource } from '../random.ts';
import { allocation } from './allocation.ts';
import { checkProblem } from './check-problem.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import { multipliedOut } from './multiplied-out.ts';
import type { Allocation, Problem } from './problem.ts';

/**
 * The mean of the portfolios of highest mean-variance utility for moments estimated again and again
 * from normal samples of the given ones. A baseline: it spreads, but optimises nothing itself.
 *
 * @throws {EngineError} 'missing-parameter' without `resampling` or a risk aversion; 'bad-input' for
 *   draws and observations that are not whole, or fewer than 1 and 3
 * @throws {Infeasible} when no portfolio meets the limits
 * @source Michaud (1998)
 */
export function resampled(problem: Problem): Allocation {
  const { resampling, assets, expectedReturns } = problem;
  checkProblem(problem);
  if (resampling === undefined) {
    throw new EngineError(
      'missing-parameter',
      'Resampling needs to know how often and from how many observations; set resampling.',
      { parameter: 'resampling' },
    );
  }
  const { draws, observations, periodsPerYear, seed } = resampling;
  const whole = Number.isInteger(draws) && Number.isInteger(observations);
  const scale = periodsPerYear > 0 && periodsPerYear < Infinity;
  if (!(whole && draws >= 1 && observations >= 3 && scale && Number.isFinite(seed))) {
    throw new EngineError(
      'bad-input',
      `Resampling takes 1 draw or more of 3 observations or more, whole numbers of both, with periods in a year and a seed; these are ${draws} draws of ${observations} observations, ${periodsPerYear} periods a year and seed ${seed}.`,
      { draws, observations, periodsPerYear, seed },
    );
  }
  const n = assets.length;
  const random = randomSource(seed);
  const root = covarianceRoot(multipliedOut(problem), n);
  const years = observations / periodsPerYear;
  const weights = new Float64Array(n);
  let iterations = 0;
  // What is drawn replaces the factors too.
  const { factors: _, ...given } = problem;
  for (let d = 0; d < draws; d++) {
    const noise = Float64Array.from({ length: n }, () => random.normal() / Math.sqrt(years));
    const means = expectedReturns.map((mean, i) => {
      let sum = mean;
      for (let k = 0; k < n; k++) sum += root[i * n + k] * noise[k];
      return sum;
    });
    const scatter = wishart(root, n, observations - 1, random);
    const estimated = scatter.map((value) => value / (observations - 1));
    const one = meanVarianceUtility({ ...given, expectedReturns: means, covariance: estimated });
    iterations += one.iterations;
    for (let i = 0; i < n; i++) weights[i] += one.weights[i] / draws;
  }
  return {
    ...allocation(problem, {
      method: 'resampled',
      weights,
      binding: [],
      residual: 0,
      iterations,
      solvedBy: `mean of ${draws} resamples`,
    }),
    certificate: 'rule',
  };
}
