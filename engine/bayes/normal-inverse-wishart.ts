import { EngineError } from '../errors.ts';
import { choleskyFactor } from '../linalg/cholesky.ts';
import { dot, quadraticForm } from '../linalg/multiply.ts';
import type { RandomSource } from '../random.ts';
import { studentQuantile } from '../student-t.ts';
import { inverseWishart } from './wishart.ts';

/**
 * What is believed of the mean and covariance of returns per period: the covariance is inverse
 * Wishart (scale, degrees), and given it the mean is normal around `mean` with covariance / strength.
 */
export interface NormalInverseWishart {
  /** n. */
  readonly mean: Float64Array;
  /** How many observations the mean is worth. */
  readonly strength: number;
  /** n x n, row-major, positive definite. */
  readonly scale: Float64Array;
  /** More than n - 1. */
  readonly degrees: number;
}

/**
 * What returns teach: the posterior of a prior, or of none (the independence Jeffreys prior, under
 * which intervals for one asset are the classical ones).
 *
 * @param returns T x n of one period each, row-major, finite
 * @throws {EngineError} 'short-history' when too few returns leave the covariance unknown
 * @source Gelman et al. (2013), section 3.6
 */
export function learn(
  returns: Float64Array,
  n: number,
  prior?: NormalInverseWishart,
): NormalInverseWishart {
  const count = returns.length / n;
  if (!(Number.isInteger(count) && count >= 1) || (prior === undefined && count < n + 2)) {
    throw new EngineError(
      'short-history',
      `${count} returns of ${n} assets do not tell a covariance; give at least ${n + 2}, or a prior.`,
      { count, n },
    );
  }
  const average = new Float64Array(n);
  for (let t = 0; t < count; t++)
    for (let i = 0; i < n; i++) average[i] += returns[t * n + i] / count;
  const scatter = new Float64Array(n * n);
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < n; i++) {
      const x = returns[t * n + i] - average[i];
      for (let j = 0; j <= i; j++) scatter[i * n + j] += x * (returns[t * n + j] - average[j]);
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) scatter[j * n + i] = scatter[i * n + j];
  if (prior === undefined)
    return { mean: average, strength: count, scale: scatter, degrees: count - 1 };
  const strength = prior.strength + count;
  const between = (prior.strength * count) / strength;
  return {
    mean: average.map((x, i) => (prior.strength * prior.mean[i] + count * x) / strength),
    strength,
    degrees: prior.degrees + count,
    scale: scatter.map((s, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      const apart = (average[i] - prior.mean[i]) * (average[j] - prior.mean[j]);
      return prior.scale[at] + s + between * apart;
    }),
  };
}

/** Mean and covariance of the next return, with what is unknown of both in it. */
export interface Predictive {
  /** n, per period. */
  readonly expectedReturns: Float64Array;
  /** n x n, per period, row-major. */
  readonly covariance: Float64Array;
  /** Degrees of freedom of its Student distribution. */
  readonly degrees: number;
}

/**
 * The distribution of the next return, a multivariate Student: wider than any single estimate.
 *
 * @throws {EngineError} 'short-history' when its variance is infinite
 */
export function predictive(belief: NormalInverseWishart): Predictive {
  const degrees = belief.degrees - belief.mean.length + 1;
  if (!(degrees > 2)) {
    throw new EngineError(
      'short-history',
      'Too little is known for the next return to have a variance; use more data or a prior.',
      { degrees },
    );
  }
  const spread = (belief.strength + 1) / (belief.strength * (degrees - 2));
  return {
    expectedReturns: belief.mean,
    covariance: belief.scale.map((value) => spread * value),
    degrees,
  };
}

/**
 * Where the next return of a portfolio lies with this probability.
 *
 * @param level e.g. 0.9
 */
export function predictiveInterval(
  belief: NormalInverseWishart,
  weights: Float64Array,
  level: number,
): { readonly low: number; readonly high: number } {
  const degrees = belief.degrees - belief.mean.length + 1;
  const spread =
    (quadraticForm(belief.scale, weights) * (belief.strength + 1)) / (belief.strength * degrees);
  const half = studentQuantile((1 + level) / 2, degrees) * Math.sqrt(spread);
  const middle = dot(belief.mean, weights);
  return { low: middle - half, high: middle + half };
}

/** One draw of what mean and covariance could be, per period. */
export function draw(
  belief: NormalInverseWishart,
  random: RandomSource,
): { readonly expectedReturns: Float64Array; readonly covariance: Float64Array } {
  const n = belief.mean.length;
  const covariance = inverseWishart(belief.scale, n, belief.degrees, random);
  const factored = choleskyFactor(covariance, n);
  if ('failedAt' in factored) {
    throw new EngineError('not-psd', 'A drawn covariance is singular; give a longer history.', {
      row: factored.failedAt,
    });
  }
  const noise = Float64Array.from({ length: n }, () => random.normal());
  const share = 1 / Math.sqrt(belief.strength);
  const expectedReturns = belief.mean.map((value, i) => {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += factored.factor[i * n + k] * noise[k];
    return value + share * sum;
  });
  return { expectedReturns, covariance };
}
