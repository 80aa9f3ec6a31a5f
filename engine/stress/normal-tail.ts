import { EngineError } from '../errors.ts';
import { normalDensity, normalQuantile } from '../normal.ts';

/** A loss that one year in twenty (at level .95) exceeds, and the mean of those years. */
export interface TailLoss {
  /** Fractions of value, positive for a loss, negative when even that year gains. */
  readonly valueAtRisk: number;
  readonly conditionalValueAtRisk: number;
  readonly level: number;
}

/**
 * Value at risk and expected shortfall of a normal return.
 *
 * @param expectedReturn per year
 * @param volatility per year
 * @param level e.g. .95
 * @throws {EngineError} 'bad-input' when the level is not inside (0, 1) or the volatility negative
 * @source McNeil, Frey and Embrechts (2015), example 2.11 and 2.14
 */
export function normalTail(expectedReturn: number, volatility: number, level = 0.95): TailLoss {
  if (!(level > 0 && level < 1 && volatility >= 0)) {
    throw new EngineError('bad-input', 'The level must be inside (0, 1), volatility at least 0.', {
      level,
      volatility,
    });
  }
  const z = normalQuantile(level);
  return {
    valueAtRisk: volatility * z - expectedReturn,
    conditionalValueAtRisk: (volatility * normalDensity(z)) / (1 - level) - expectedReturn,
    level,
  };
}
