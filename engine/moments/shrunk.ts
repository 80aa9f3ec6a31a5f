import { gram } from '../linalg/gram.ts';

/** A covariance drawn towards a simpler target. */
export interface Shrunk {
  /** n x n, row-major, per observation period. */
  readonly covariance: Float64Array;
  /** Weight of the target, 0 to 1: how little the sample alone can be trusted. */
  readonly intensity: number;
}

/** A sample covariance and how uncertain it is. */
export interface SamplingError {
  /** n x n with 1/m normalisation. */
  readonly sample: Float64Array;
  /** Sum over all entries of the variance of x_i x_j: m times the sample's expected squared error. */
  readonly error: number;
  /** m squared lengths of the rows. */
  readonly lengths: Float64Array;
}

/**
 * Sample covariance with its total sampling error. The sum over all pairs of the mean of
 * (x_i x_j)^2 is the mean of the rows' fourth powers of length, so no second matrix is needed.
 *
 * @param x m x n with column means of zero
 */
export function samplingError(x: Float64Array, n: number, m: number): SamplingError {
  const sample = gram(x, n);
  let squares = 0;
  for (let at = 0; at < sample.length; at++) {
    sample[at] /= m;
    squares += sample[at] * sample[at];
  }
  const lengths = new Float64Array(m);
  let fourth = 0;
  for (let t = 0; t < m; t++) {
    let length = 0;
    for (let at = t * n; at < (t + 1) * n; at++) length += x[at] * x[at];
    lengths[t] = length;
    fourth += length * length;
  }
  return { sample, error: Math.max(0, fourth / m - squares), lengths };
}

/**
 * The mix of a sample and its target with the least expected squared error.
 *
 * @param sample n x n, overwritten by the mix
 * @param target of a pair of assets; symmetric
 * @param noise expected squared error of the sample less what it shares with the target
 */
export function shrinkTowards(
  sample: Float64Array,
  n: number,
  target: (i: number, j: number) => number,
  noise: number,
): Shrunk {
  let distance = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) distance += 2 * (sample[i * n + j] - target(i, j)) ** 2;
    distance += (sample[i * n + i] - target(i, i)) ** 2;
  }
  const intensity = distance === 0 ? 1 : Math.max(0, Math.min(1, noise / distance));
  return { covariance: mix(sample, n, target, intensity), intensity };
}

/**
 * intensity x target + (1 - intensity) x sample, in place.
 *
 * @param sample n x n, overwritten and returned
 */
export function mix(
  sample: Float64Array,
  n: number,
  target: (i: number, j: number) => number,
  intensity: number,
): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = intensity * target(i, j) + (1 - intensity) * sample[i * n + j];
      sample[i * n + j] = value;
      sample[j * n + i] = value;
    }
  }
  return sample;
}
