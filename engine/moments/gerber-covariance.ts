import { EngineError } from '../errors.ts';
import { gram } from '../linalg/gram.ts';
import { deviations, scaled } from './deviations.ts';
import { nearestCorrelation } from './nearest-correlation.ts';
import { observationCount } from './observations.ts';
import { sampleCovariance } from './sample-covariance.ts';

export interface GerberCovariance {
  /** n x n, row-major, per observation period, positive semidefinite. */
  readonly covariance: Float64Array;
  /** What was mended, in plain sentences; empty when nothing was. */
  readonly repairs: readonly string[];
}

/**
 * Covariance from the Gerber statistic: of the days on which at least one of two assets moves by
 * more than a threshold, the share on which both move together less the share on which they move
 * against each other. Neither small moves nor the size of large ones count.
 *
 * @param returns m x n, row-major
 * @param names n symbols
 * @param threshold in standard deviations of the asset, 0.5 by default
 * @throws {EngineError} 'zero-variance' naming an asset that never moves; 'bad-input' for a threshold
 *   outside (0, 1] or one that an asset never passes; 'short-history'
 * @source Gerber, Markowitz, Ernst, Miao, Javid and Sargen (2022), "The Gerber Statistic: A Robust
 *   Co-Movement Measure for Portfolio Optimization"
 */
export function gerberCovariance(
  returns: Float64Array,
  names: readonly string[],
  threshold = 0.5,
): GerberCovariance {
  const n = names.length;
  if (!(threshold > 0 && threshold <= 1)) {
    throw new EngineError('bad-input', `The threshold is ${threshold}; give one from 0 to 1.`, {
      threshold,
    });
  }
  const m = observationCount(returns, n, 2, names);
  const deviation = deviations(sampleCovariance(returns, n, names), n, names);
  const moves = new Float64Array(m * n);
  const still = new Float64Array(m * n);
  for (let t = 0; t < m; t++) {
    for (let j = 0; j < n; j++) {
      const value = returns[t * n + j];
      const passed = Math.abs(value) >= threshold * deviation[j];
      moves[t * n + j] = passed ? Math.sign(value) : 0;
      still[t * n + j] = passed ? 0 : 1;
    }
  }
  const together = gram(moves, n);
  const neither = gram(still, n);
  const statistic = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    if (neither[i * n + i] === m) {
      throw new EngineError(
        'bad-input',
        `No return of ${names[i]} passes the threshold; lower it or leave the asset out.`,
        { asset: names[i], threshold },
      );
    }
    for (let j = 0; j < n; j++)
      statistic[i * n + j] = together[i * n + j] / (m - neither[i * n + j]);
  }
  const { correlation, repairs } = nearestCorrelation(statistic, n);
  return { covariance: scaled(correlation, deviation), repairs };
}
