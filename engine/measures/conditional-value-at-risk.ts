import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * Mean return of the worst `tail` of periods (expected shortfall). When tail x n is not whole, the
 * last order statistic counts by its fraction, which makes the measure coherent.
 *
 * @param returns fractions per period, equally likely
 * @param tail in (0, 1], e.g. .05
 * @returns a return, negative for a loss
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when tail is outside (0, 1]
 * @source Rockafellar and Uryasev (2002), proposition 8
 */
export function conditionalValueAtRisk(returns: Series, tail = 0.05): number {
  needs(returns, 1);
  if (!(tail > 0 && tail <= 1)) {
    throw new EngineError('bad-input', `Tail ${tail} must be above 0 and at most 1.`, { tail });
  }
  const sorted = Float64Array.from(returns).sort();
  const mass = tail * sorted.length;
  // A hair below a whole number is that number: .05 x 20 must take exactly one value.
  const whole = Math.min(Math.floor(mass + 1e-9), sorted.length);
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += sorted[i];
  const rest = Math.max(0, mass - whole);
  if (whole < sorted.length) sum += rest * sorted[whole];
  return sum / mass;
}
