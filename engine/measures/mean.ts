import { EngineError } from '../errors.ts';

/** A list of numbers: plain or typed. */
export type Series = ArrayLike<number>;

/**
 * Arithmetic mean.
 *
 * @throws {EngineError} 'short-history' when empty
 */
export function mean(values: Series): number {
  needs(values, 1);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Sample standard deviation, divisor n - 1.
 *
 * @throws {EngineError} 'short-history' below two values
 */
export function standardDeviation(values: Series): number {
  needs(values, 2);
  const m = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - m) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/**
 * Refuses a series with fewer values than a measure needs.
 *
 * @throws {EngineError} 'short-history'
 */
export function needs(values: Series, least: number): void {
  if (values.length < least) {
    throw new EngineError(
      'short-history',
      `The measure needs at least ${least} values and got ${values.length}; give it more history.`,
      { least, got: values.length },
    );
  }
}
