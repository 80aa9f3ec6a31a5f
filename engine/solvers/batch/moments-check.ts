import { EngineError } from '../../errors.ts';
import { GrowingCholesky } from '../../linalg/growing-cholesky.ts';
import type { SharedMoments } from './client.ts';

/** A pivot below this part of the mean variance makes a covariance as good as singular. */
const singular = 1e-8;

/**
 * Checks at the door what all clients share.
 *
 * @returns what to add to the covariance's diagonal so that every part of it can be factorised:
 *   next to nothing, or enough to hold rounding down when it is singular
 * @throws {EngineError} 'bad-input' naming the size that is wrong or the number that is not finite;
 *   'not-psd' naming the asset at which the covariance fails
 */
export function checkMoments({ assets, expectedReturns, covariance }: SharedMoments): number {
  const n = assets.length;
  if (n === 0) throw bad('there are no assets; give at least one', {});
  if (expectedReturns.length !== n)
    throw bad(`${expectedReturns.length} expected returns for ${n} assets; give one for each`, {});
  if (covariance.length !== n * n)
    throw bad(`${covariance.length} covariances where ${n * n} are needed; give n x n`, {});
  let trace = 0;
  for (let i = 0; i < n; i++) {
    trace += covariance[i * n + i];
    if (!Number.isFinite(expectedReturns[i]))
      throw bad(`the expected return of ${assets[i]} is ${expectedReturns[i]}; give a number`, {
        asset: assets[i],
      });
    for (let j = 0; j <= i; j++) {
      const a = covariance[i * n + j];
      const b = covariance[j * n + i];
      // Written so that NaN fails.
      if (!(Math.abs(a - b) <= 1e-9 * (Math.abs(a) + Math.abs(b)) && Math.abs(a) < Infinity))
        throw bad(
          `the covariance of ${assets[i]} and ${assets[j]} is ${a} and ${b}; give one number`,
          { assets: [assets[i], assets[j]] },
        );
    }
  }
  const mean = trace / n;
  if (mean === 0) return 1e-9 * Math.max(...expectedReturns.map(Math.abs), 1e-9);
  const shift = 1e-10 * mean;
  let least = Infinity;
  const factor = new GrowingCholesky(n);
  for (let i = 0; i < n; i++) {
    const pivot = factor.append(covariance, shift, i);
    least = Math.min(least, pivot);
    if (pivot < -1e-8 * Math.abs(covariance[i * n + i]) - shift) {
      throw new EngineError(
        'not-psd',
        'The covariance is not positive semidefinite; estimate it from one common window.',
        { asset: assets[i], pivot },
      );
    }
  }
  return (least < singular * mean ? 1e-9 : 1e-12) * mean;
}

function bad(what: string, values: Record<string, unknown>): EngineError {
  return new EngineError('bad-input', `Cannot solve for clients: ${what}.`, values);
}
