import { EngineError } from '../errors.ts';

/** Money added (positive) or withdrawn at a fraction of the period elapsed. */
export interface TimedFlow {
  /** 0 at the start, 1 at the end of the period. */
  readonly at: number;
  readonly amount: number;
}

/**
 * Approximate money-weighted return: gain over the average capital, flows weighted by their time.
 *
 * @returns a fraction over the period
 * @throws {EngineError} 'bad-input' when the average capital is not positive
 * @source Dietz (1968)
 */
export function modifiedDietz(
  startValue: number,
  endValue: number,
  flows: readonly TimedFlow[],
): number {
  let net = 0;
  let weighted = 0;
  for (const { at, amount } of flows) {
    net += amount;
    weighted += (1 - at) * amount;
  }
  const capital = startValue + weighted;
  if (!(capital > 0)) {
    throw new EngineError('bad-input', `Average capital ${capital} must be positive.`, { capital });
  }
  return (endValue - startValue - net) / capital;
}
