import { EngineError } from '../errors.ts';

/** A stretch without cash flows: value just after the flow at its start, and just before the next. */
export interface SubPeriod {
  readonly startValue: number;
  readonly endValue: number;
}

/**
 * Return that ignores when money came and went: the sub-periods between flows, linked.
 *
 * @returns a fraction over the whole span
 * @throws {EngineError} 'bad-input' when a start value is not positive
 * @source CFA Institute, GIPS 2020
 */
export function timeWeightedReturn(periods: readonly SubPeriod[]): number {
  let value = 1;
  for (const { startValue, endValue } of periods) {
    if (!(startValue > 0)) {
      throw new EngineError('bad-input', `Start value ${startValue} must be positive.`, {
        startValue,
      });
    }
    value *= endValue / startValue;
  }
  return value - 1;
}
