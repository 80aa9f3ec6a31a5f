import { EngineError } from '../errors.ts';
import { needs, type Series } from './mean.ts';

/** The deepest fall from a peak. Rows index the values given. */
export interface Drawdown {
  /** Fraction of the peak lost, zero or negative. */
  readonly depth: number;
  readonly peakRow: number;
  readonly troughRow: number;
  /** First row after the trough at or above the peak; null while still below. */
  readonly recoveryRow: number | null;
}

/**
 * The deepest fall from a running peak; the earliest when several are equal.
 *
 * @param values positive values, e.g. of a portfolio by day
 * @throws {EngineError} 'short-history' when empty; 'bad-input' when a peak is not positive
 */
export function maxDrawdown(values: Series): Drawdown {
  needs(values, 1);
  let peak = 0;
  let depth = 0;
  let peakRow = 0;
  let troughRow = 0;
  for (let t = 0; t < values.length; t++) {
    if (values[t] > values[peak]) peak = t;
    if (!(values[peak] > 0)) {
      throw new EngineError('bad-input', `Value ${values[peak]} at row ${peak} is not positive.`, {
        row: peak,
        value: values[peak],
      });
    }
    const fall = values[t] / values[peak] - 1;
    if (fall < depth) {
      depth = fall;
      peakRow = peak;
      troughRow = t;
    }
  }
  let recoveryRow: number | null = null;
  for (let t = troughRow; t < values.length; t++) {
    if (values[t] >= values[peakRow]) {
      recoveryRow = t;
      break;
    }
  }
  return { depth, peakRow, troughRow, recoveryRow };
}
