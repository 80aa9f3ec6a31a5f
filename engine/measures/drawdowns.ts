import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/**
 * How far the value stands below its highest point so far, the start included, after each period.
 *
 * @param returns fractions per period
 * @param compounded true: a fraction of the highest value; false: the sum of returns below its highest
 * @returns one number a period, not negative
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when a compounded value falls below 0
 */
export function drawdowns(returns: Series, compounded = true): Float64Array {
  needs(returns, 1);
  const below = new Float64Array(returns.length);
  if (!compounded) {
    let depth = 0;
    for (let t = 0; t < below.length; t++) {
      depth = Math.max(0, depth - returns[t]);
      below[t] = depth;
    }
    return below;
  }
  let share = 1;
  for (let t = 0; t < below.length; t++) {
    if (!(returns[t] >= -1)) {
      throw new EngineError('bad-input', `Return ${returns[t]} in row ${t} loses more than all.`, {
        row: t,
        return: returns[t],
      });
    }
    share = Math.min(1, share * (1 + returns[t]));
    below[t] = 1 - share;
  }
  return below;
}
