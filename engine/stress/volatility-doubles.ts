import { covarianceOf, riskOf } from '../drivers/correlation.ts';
import { portfolioVolatility } from '../drivers/portfolio-volatility.ts';
import { normalTail } from './normal-tail.ts';

/** A year of a portfolio under assumed risk. */
export interface ShockOutcome {
  readonly variant: 'today' | 'volatility-doubled' | 'volatility-doubled-correlations-raised';
  /** Per year. */
  readonly volatility: number;
  /** Mean loss of the worst years at the level, a fraction, positive for a loss; normal returns. */
  readonly conditionalValueAtRisk: number;
  readonly level: number;
}

export interface ShockSettings {
  /** 2 doubles every volatility. */
  readonly factor?: number;
  /** How far each correlation of risky assets moves toward 1: 0 not at all, 1 all the way. */
  readonly towardOne?: number;
  readonly level?: number;
}

/**
 * What a year looks like when every volatility doubles: with today's correlations, and with those
 * moved half way to 1, as in a crisis when everything falls together. Expected returns stay.
 *
 * @param weights n fractions
 * @param expectedReturns n per year
 * @param covariance n x n, row-major, per year
 * @returns today and both shocks
 * @throws {EngineError} 'bad-input' when the sizes differ
 */
export function volatilityDoubles(
  weights: Float64Array,
  expectedReturns: Float64Array,
  covariance: Float64Array,
  settings: ShockSettings = {},
): readonly ShockOutcome[] {
  const { factor = 2, towardOne = 0.5, level = 0.95 } = settings;
  let expected = 0;
  for (let i = 0; i < weights.length; i++) expected += weights[i] * expectedReturns[i];
  const { volatilities, correlations } = riskOf(covariance);
  const raised = correlations.map((value) => value + towardOne * (1 - value));
  const outcome = (variant: ShockOutcome['variant'], matrix: Float64Array): ShockOutcome => {
    const volatility = portfolioVolatility(weights, matrix);
    const { conditionalValueAtRisk } = normalTail(expected, volatility, level);
    return { variant, volatility, conditionalValueAtRisk, level };
  };
  const shocked = volatilities.map((value) => value * factor);
  return [
    outcome('today', covariance),
    outcome('volatility-doubled', covarianceOf({ volatilities: shocked, correlations })),
    outcome(
      'volatility-doubled-correlations-raised',
      covarianceOf({ volatilities: shocked, correlations: raised }),
    ),
  ];
}
