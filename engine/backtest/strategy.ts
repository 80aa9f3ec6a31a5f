import type { PricePanel } from '../panel.ts';

/**
 * A way to decide weights. It sees prices through the decision day and nothing later.
 */
export interface Strategy {
  readonly name: string;
  /**
   * @param past the panel through the decision day; an asset is listed when its `firstRow` is below
   *   `past.days.length`, and any other must get weight 0
   * @param current n fractions held at that day's close; what is missing to 1 is cash
   * @returns n fractions summing to at most 1, the rest cash; the very array `current` means hold,
   *   which trades nothing
   * @throws {EngineError} when it cannot decide; the backtest holds and records the refusal
   */
  decide(past: PricePanel, current: Float64Array): Float64Array;
}

/** Whether an asset has a price on the last day of what a strategy sees. */
export function isListed(past: PricePanel, column: number): boolean {
  return past.firstRow[column] < past.days.length;
}
