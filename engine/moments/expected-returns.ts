import { EngineError } from '../errors.ts';
import { tradingDaysPerYear } from './annual-covariance.ts';
import { historicalMean } from './historical-mean.ts';
import { jamesStein } from './james-stein.ts';
import { meanReversionSignal, momentumSignal } from './price-signals.ts';
import type { ReturnsWindow } from './returns-window.ts';
import { shrinkToPrior } from './shrink-to-prior.ts';

/** How much each source of expected return is believed. */
export interface ExpectedReturnSettings {
  /** Draw sample means towards the prior, or the grand mean without one; true by default. */
  readonly shrink?: boolean;
  /** n prior means per year, e.g. of equilibrium; the grand mean of the sample without it. */
  readonly prior?: Float64Array;
  /**
   * Confidence in momentum: the correlation, 0 to 1, it is believed to have with the coming year's
   * returns. 0.04 by default; 0 switches it off.
   */
  readonly momentum?: number;
  /** The same for mean reversion, which fades within weeks; 0.01 by default. */
  readonly meanReversion?: number;
  /**
   * Today's risk-free rate less its average over the window, per year: added to the sample means, so
   * that what counts of the past is what assets earned above cash. 0 by default.
   */
  readonly riskFreeChange?: number;
  readonly periodsPerYear?: number;
}

/** Expected returns per year and what they are made of. */
export interface ExpectedReturns {
  readonly assets: readonly string[];
  /** n numbers per year, arithmetic: shrunk means plus tilts. */
  readonly values: Float64Array;
  /** n standard errors per year of the shrunk means: signals add opinion, not certainty. */
  readonly standardErrors: Float64Array;
  /** n sample means before shrinkage, with the change of the risk-free rate. */
  readonly sampleMeans: Float64Array;
  readonly grandMean: number;
  /** n weights of the prior or grand mean, 0 to 1. */
  readonly intensities: Float64Array;
  /** n additions to the expected return, per year. */
  readonly momentumTilts: Float64Array;
  readonly meanReversionTilts: Float64Array;
}

/** What is assumed when nothing is set; correlations below those reported for single-signal studies. */
export const expectedReturnDefaults = { momentum: 0.04, meanReversion: 0.01 } as const;

/**
 * Expected returns of a window's assets: sample means shrunk towards a prior (or the grand mean),
 * tilted by signals. A tilt is confidence x volatility x score, so that a signal worth little adds little and
 * none adds more than twice its confidence times the asset's volatility.
 *
 * @throws {EngineError} 'short-history' when a signal is on and the window is shorter than a year;
 *   'zero-variance' naming an asset that never moves; 'bad-input' for a confidence outside [0, 1]
 * @source Grinold (1994), "Alpha is volatility times IC times score"
 */
export function expectedReturns(
  window: ReturnsWindow,
  settings: ExpectedReturnSettings = {},
): ExpectedReturns {
  const {
    shrink = true,
    momentum = expectedReturnDefaults.momentum,
    meanReversion = expectedReturnDefaults.meanReversion,
    riskFreeChange = 0,
    periodsPerYear = tradingDaysPerYear,
  } = settings;
  checkConfidence('momentum', momentum);
  checkConfidence('mean reversion', meanReversion);
  const { assets, returns, rows } = window;
  const past = historicalMean(returns, assets, periodsPerYear);
  const sample = { ...past, means: past.means.map((mean) => mean + riskFreeChange) };
  const grand = jamesStein(sample);
  const shrunk = settings.prior === undefined ? grand : shrinkToPrior(sample, settings.prior);
  const base = shrink ? shrunk : sample;
  const volatilities = sample.standardErrors.map(
    (error) => error * Math.sqrt(rows / periodsPerYear),
  );
  const tilts = (confidence: number, signal: (window: ReturnsWindow) => Float64Array) =>
    confidence === 0
      ? new Float64Array(assets.length)
      : signal(window).map((score, i) => confidence * volatilities[i] * score);
  const momentumTilts = tilts(momentum, momentumSignal);
  const meanReversionTilts = tilts(meanReversion, meanReversionSignal);
  return {
    assets,
    values: base.means.map((mean, i) => mean + momentumTilts[i] + meanReversionTilts[i]),
    standardErrors: base.standardErrors,
    sampleMeans: sample.means,
    grandMean: grand.grandMean,
    intensities: shrink ? shrunk.intensities : new Float64Array(assets.length),
    momentumTilts,
    meanReversionTilts,
  };
}

function checkConfidence(name: string, confidence: number): void {
  if (!(confidence >= 0 && confidence <= 1)) {
    throw new EngineError(
      'bad-input',
      `The confidence in ${name} is ${confidence}; give a correlation from 0 to 1.`,
      { confidence },
    );
  }
}
