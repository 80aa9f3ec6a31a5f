import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * Simple returns from one value to the next.
 *
 * @param values n positive values
 * @returns n - 1 fractions
 * @throws {EngineError} 'bad-input' when a value is not positive; 'short-history' below two values
 */
export function simpleReturns(values: Series): Float64Array {
  needs(values, 2);
  const returns = new Float64Array(values.length - 1);
  for (let t = 1; t < values.length; t++) {
    if (!(values[t - 1] > 0)) {
      throw new EngineError(
        'bad-input',
        `Value ${values[t - 1]} at row ${t - 1} is not positive; returns need positive values.`,
        { row: t - 1, value: values[t - 1] },
      );
    }
    returns[t - 1] = values[t] / values[t - 1] - 1;
  }
  return returns;
}

/**
 * What 1 grows to, period by period.
 *
 * @param returns n fractions per period
 * @returns n + 1 values, the first is 1
 */
export function growth(returns: Series): Float64Array {
  const values = new Float64Array(returns.length + 1);
  values[0] = 1;
  for (let t = 0; t < returns.length; t++) values[t + 1] = values[t] * (1 + returns[t]);
  return values;
}
