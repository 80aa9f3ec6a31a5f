import { EngineError } from '../errors.ts';
import { contributionsIn, type SavingsPlan } from './future-value.ts';

/** Prices that grow at a rate with lognormal noise (geometric Brownian motion). */
export interface GrowthModel {
  /** Drift per year, continuously compounded: wealth grows by exp(drift) a year in the mean. */
  readonly drift: number;
  /** Per year. */
  readonly volatility: number;
}

/**
 * The model of a portfolio with an expected simple return per year.
 *
 * @param expectedReturn arithmetic, per year, above -1
 */
export function growthModel(expectedReturn: number, volatility: number): GrowthModel {
  if (!(expectedReturn > -1 && volatility >= 0 && volatility < Infinity)) {
    throw new EngineError('bad-input', 'Give a return above -1 and a volatility of at least 0.', {
      expectedReturn,
      volatility,
    });
  }
  return { drift: Math.log1p(expectedReturn), volatility };
}

/**
 * Exact mean and standard deviation of a plan's worth at its end, contributions included.
 *
 * @returns money
 * @throws {EngineError} 'bad-input' when a number makes no sense
 */
export function terminalWealth(
  plan: SavingsPlan,
  model: GrowthModel,
): { readonly mean: number; readonly standardDeviation: number } {
  const count = contributionsIn(plan);
  const { drift, volatility } = model;
  let mean = plan.presentValue;
  let square = mean * mean;
  let elapsed = 0;
  const advance = (years: number): void => {
    const factor = Math.exp(drift * years);
    mean *= factor;
    square *= factor * factor * Math.exp(volatility * volatility * years);
  };
  for (let k = 1; k <= count; k++) {
    advance(1 / plan.periodsPerYear);
    elapsed = k / plan.periodsPerYear;
    square += 2 * mean * plan.contribution + plan.contribution ** 2;
    mean += plan.contribution;
  }
  advance(Math.max(0, plan.years - elapsed));
  return { mean, standardDeviation: Math.sqrt(Math.max(0, square - mean * mean)) };
}
