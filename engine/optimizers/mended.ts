import { EngineError } from '../errors.ts';
import { raiseVariances } from '../linalg/raise-variances.ts';
import { mendMirrors } from './mirrored.ts';
import type { Allocation, Optimizer, Problem } from './problem.ts';

/**
 * An optimizer that mends a covariance instead of refusing it, and says so in `repairs`.
 *
 * - An element that differs from its mirror by a digit: see {@link mendMirrors}.
 * - A covariance that is not positive semidefinite: the variances of assets that the answer does not hold
 *   are raised until no portfolio has a negative variance. Variances of assets held at 0 enter neither
 *   the answer's risk nor its optimality conditions, so every number it rests on is the one given.
 *
 * @throws {EngineError} 'not-psd' when the assets held would have to be mended themselves, or the
 *   covariance is given by factors; 'bad-input' for mirrors that differ by more; all that the optimizer
 *   throws
 */
export function mended(optimize: Optimizer): Optimizer {
  return (problem) => {
    try {
      return optimize(problem);
    } catch (error) {
      if (!(error instanceof EngineError) || problem.factors !== undefined) throw error;
      const unlike = error.code === 'bad-input' && error.values.mirror !== undefined;
      if (!unlike && error.code !== 'not-psd') throw error;
      const answer = unlike ? mendMirrors(problem, optimize) : mend(problem, optimize);
      if (answer === null) throw error;
      return answer;
    }
  };
}

/** Trusts the assets of the last answer first, until an answer holds none that was mended. */
function mend(problem: Problem, optimize: Optimizer): Allocation | null {
  const { assets, covariance } = problem;
  const n = assets.length;
  const order = Array.from(assets, (_, i) => i);
  for (let attempt = 0; attempt < 20; attempt++) {
    const patched = raiseVariances(covariance, n, order);
    const answer = optimize({ ...problem, covariance: patched.covariance });
    const held = (i: number) => Math.abs(answer.weights[i]) > 1e-9;
    if (order.every((i) => patched.raised[i] === 0 || !held(i))) {
      return { ...answer, repairs: [...(answer.repairs ?? []), sentence(problem, patched.raised)] };
    }
    // Held and given as it was, held but mended, not held.
    const rank = (i: number) => (held(i) ? (patched.raised[i] === 0 ? 0 : 1) : 2);
    order.sort((i, j) => rank(i) - rank(j) || i - j);
  }
  return null;
}

function sentence({ assets, covariance }: Problem, raised: Float64Array): string {
  const n = assets.length;
  const changes = assets.flatMap((asset, i) => {
    if (raised[i] === 0) return [];
    const from = covariance[i * n + i];
    return [`${asset} from ${from.toPrecision(3)} to ${(from + raised[i]).toPrecision(3)}`];
  });
  return `The covariance was not positive semidefinite; the variance of assets that are not held was raised until it was: ${changes.join(', ')}.`;
}
