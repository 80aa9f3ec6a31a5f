import { EngineError } from '../errors.ts';

/** Rounding of an optimizer may leave this much, and is cleaned away; more is a mistake. */
const SLACK = 1e-6;

/**
 * Checks target weights and cleans rounding: negatives of rounding size become 0, and a sum that is
 * above 1 by rounding is scaled to 1.
 *
 * @param weights n fractions; what is missing to 1 is cash
 * @returns n fractions, at least 0, summing to at most 1
 * @throws {EngineError} 'bad-input' on a wrong size, a number that is not finite, a short position
 *   or a sum above 1
 */
export function targetWeights(weights: Float64Array, assets: readonly string[]): Float64Array {
  if (weights.length !== assets.length) {
    throw new EngineError('bad-input', `Give ${assets.length} weights, one per asset.`, {
      got: weights.length,
    });
  }
  let sum = 0;
  const clean = new Float64Array(weights.length);
  for (let j = 0; j < weights.length; j++) {
    if (!(weights[j] >= -SLACK && weights[j] < Infinity)) {
      throw new EngineError(
        'bad-input',
        `Weight ${weights[j]} of ${assets[j]} must be at least 0.`,
        {
          asset: assets[j],
          weight: weights[j],
        },
      );
    }
    clean[j] = Math.max(0, weights[j]);
    sum += clean[j];
  }
  if (sum > 1 + SLACK) {
    throw new EngineError('bad-input', `Weights sum to ${sum}; they may sum to at most 1.`, {
      sum,
    });
  }
  if (sum > 1) for (let j = 0; j < clean.length; j++) clean[j] /= sum;
  return clean;
}
