import type { TradeRates } from '../costs/trade-rates.ts';
import { EngineError } from '../errors.ts';

/**
 * What a portfolio is worth once it has traded to target weights and paid for the trades: the value
 * V with V + costs(target x V - holdings) = value before. The left side rises with V, so there is
 * exactly one; found by repeated substitution, which shrinks the error by the cost rate each time.
 *
 * @param weights n target fractions summing to at most 1; the rest is cash, which trades free
 * @param values n money values held
 * @param cash money
 * @returns money
 * @throws {EngineError} 'not-converged' when the rates are not small
 */
export function valueAfterCosts(
  weights: Float64Array,
  values: Float64Array,
  cash: number,
  rates: TradeRates,
): number {
  let before = cash;
  for (let j = 0; j < values.length; j++) before += values[j];
  let after = before;
  for (let step = 0; step < 500; step++) {
    let cost = 0;
    for (let j = 0; j < values.length; j++) {
      const trade = weights[j] * after - values[j];
      cost += trade > 0 ? trade * rates.buy[j] : -trade * rates.sell[j];
    }
    const next = before - cost;
    if (Math.abs(next - after) <= 1e-15 * before) return next;
    after = next;
  }
  throw new EngineError('not-converged', 'Trading costs are too large to plan around.', {
    before,
    after,
  });
}
