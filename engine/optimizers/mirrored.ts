import { dot } from '../linalg/multiply.ts';
import type { Allocation, Optimizer, Problem } from './problem.ts';

/** Elements and their mirrors may differ by this part of the two volatilities: a digit, not a number. */
const aDigit = 1e-5;
/** Weights that move by no more than this have come to rest. */
const still = 1e-14;
const mostRounds = 20;

/**
 * Solves a problem whose covariance has elements that differ from their mirrors by a digit. Each asset's
 * covariances are read from its own row: the covariance that is solved is the symmetric one nearest to
 * the means of the pairs that gives the answer exactly the covariances with itself that the rows give.
 *
 * @returns null when a pair differs by more than a digit, or no portfolio comes to rest
 * @source Powell (1970), "A new algorithm for unconstrained optimization": the symmetric secant update
 */
export function mendMirrors(problem: Problem, optimize: Optimizer): Allocation | null {
  const { assets, covariance } = problem;
  const n = assets.length;
  const pairs: string[] = [];
  const mean = covariance.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = covariance[i * n + j];
      const mirror = covariance[j * n + i];
      if (value === mirror) continue;
      const size = Math.sqrt(covariance[i * n + i] * covariance[j * n + j]);
      if (!(Math.abs(value - mirror) <= aDigit * size)) return null;
      mean[i * n + j] = (value + mirror) / 2;
      mean[j * n + i] = mean[i * n + j];
      pairs.push(`${assets[i]} and ${assets[j]} (${value} and ${mirror})`);
    }
  }
  let answer = optimize({ ...problem, covariance: mean });
  for (let round = 0; round < mostRounds; round++) {
    const { weights } = answer;
    const missing = weights.map((_, i) => {
      const row = covariance.subarray(i * n, i * n + n);
      return dot(row, weights) - dot(mean.subarray(i * n, i * n + n), weights);
    });
    const size = dot(weights, weights);
    const read = mean.map((v, at) => {
      const i = Math.floor(at / n);
      const j = at % n;
      return v + (missing[i] * weights[j] + weights[i] * missing[j]) / size;
    });
    answer = optimize({ ...problem, covariance: read });
    const moved = Math.max(...answer.weights.map((w, i) => Math.abs(w - weights[i])));
    if (moved > still) continue;
    const sentence = `The covariance of ${pairs.join(', ')} was given twice and not alike; each asset's covariances were read from its own row.`;
    return { ...answer, repairs: [...(answer.repairs ?? []), sentence] };
  }
  return null;
}
