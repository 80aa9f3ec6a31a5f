import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * Certainty equivalent of the losses for exponential utility: temperature x log(mean of
 * exp(loss / temperature) / tail). It bounds the loss that is exceeded with probability `tail`.
 *
 * @param returns fractions per period
 * @param temperature above 0, the inverse of the risk aversion
 * @param tail in (0, 1]; 1 leaves the certainty equivalent itself
 * @throws {EngineError} 'short-history' when empty; 'bad-input' for another temperature or tail
 * @source Follmer and Schied (2002)
 */
export function entropicRisk(returns: Series, temperature = 1, tail = 0.05): number {
  needs(returns, 1);
  if (!(temperature > 0 && tail > 0 && tail <= 1)) {
    throw new EngineError(
      'bad-input',
      `Temperature ${temperature} must be above 0 and tail ${tail} above 0 and at most 1.`,
      { temperature, tail },
    );
  }
  let top = -Infinity;
  for (let t = 0; t < returns.length; t++) top = Math.max(top, -returns[t]);
  let mass = 0;
  for (let t = 0; t < returns.length; t++) mass += Math.exp((-returns[t] - top) / temperature);
  return top + temperature * Math.log(mass / returns.length / tail);
}
