import { EngineError } from '../errors.ts';
import { mean, needs, type Series } from './mean.ts';
import type { Shape } from './probabilistic-sharpe.ts';

/**
 * Skewness and raw kurtosis (3 for a normal) of the values as a whole population: moments over n,
 * without correction for sample bias.
 *
 * @throws {EngineError} 'short-history' below two values; 'zero-variance' when they do not vary
 * @source Joanes and Gill (1998), g1 and g2 + 3
 */
export function populationShape(values: Series): Shape {
  needs(values, 2);
  const m = mean(values);
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < values.length; i++) {
    const square = (values[i] - m) ** 2;
    second += square;
    third += square * (values[i] - m);
    fourth += square * square;
  }
  second /= values.length;
  if (!(second > 0)) throw new EngineError('zero-variance', 'The returns do not vary.', {});
  return {
    skewness: third / values.length / second ** 1.5,
    kurtosis: fourth / values.length / second ** 2,
  };
}
