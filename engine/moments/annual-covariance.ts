import { EngineError } from '../errors.ts';
import { checkSemidefinite } from '../linalg/semidefinite.ts';
import { denoisedCovariance } from './denoised-covariance.ts';
import { refuseStill } from './deviations.ts';
import { exponentialCovariance } from './exponential-covariance.ts';
import { gerberCovariance } from './gerber-covariance.ts';
import { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.ts';
import { ledoitWolfIdentity } from './ledoit-wolf-identity.ts';
import { ledoitWolfSingleFactor } from './ledoit-wolf-single-factor.ts';
import { oracleApproximating } from './oracle-approximating.ts';
import type { ReturnsWindow } from './returns-window.ts';
import { sampleCovariance } from './sample-covariance.ts';
import { semicovariance } from './semicovariance.ts';

/** How a covariance is estimated. */
export type CovarianceSettings =
  | {
      readonly method:
        | 'sample'
        | 'ledoit-wolf-identity'
        | 'ledoit-wolf-single-factor'
        | 'ledoit-wolf-constant-correlation'
        | 'oracle-approximating'
        | 'denoised'
        | 'gerber'
        | 'semicovariance';
      readonly periodsPerYear?: number;
    }
  | {
      readonly method: 'exponential';
      /** In panel days. */
      readonly halfLife: number;
      readonly periodsPerYear?: number;
    };

export interface AnnualCovariance {
  /** n x n, row-major, per year, positive semidefinite. */
  readonly covariance: Float64Array;
  /** Weight of the shrinkage target; 0 for methods without one. */
  readonly intensity: number;
  /** What was mended, in plain sentences; absent when nothing was. */
  readonly repairs?: readonly string[];
}

/** Trading days of a year on the New York calendar. */
export const tradingDaysPerYear = 252;

/**
 * Covariance of a window's assets per year, checked.
 *
 * @throws {EngineError} 'zero-variance' naming an asset that never moves, 'not-psd', 'short-history'
 */
export function annualCovariance(
  window: ReturnsWindow,
  settings: CovarianceSettings,
): AnnualCovariance {
  const n = window.assets.length;
  // Before a target's variance hides it.
  refuseStillAssets(window);
  const estimate = perPeriod(window, settings);
  const { covariance } = estimate;
  const periods = settings.periodsPerYear ?? tradingDaysPerYear;
  for (let at = 0; at < covariance.length; at++) covariance[at] *= periods;
  for (let i = 0; i < n; i++) {
    if (covariance[i * n + i] > 1e-20) continue;
    const asset = window.assets[i];
    throw new EngineError(
      'zero-variance',
      settings.method === 'semicovariance'
        ? `${asset} never lost in this window, so it has no semivariance; leave it out or take a longer window.`
        : `The price of ${asset} hardly moves where this estimate looks; leave it out or treat it as cash.`,
      { asset, variance: covariance[i * n + i] },
    );
  }
  checkSemidefinite(covariance, n);
  return estimate;
}

function refuseStillAssets({ returns, assets }: ReturnsWindow): void {
  const n = assets.length;
  const m = returns.length / n;
  for (let j = 0; j < n; j++) {
    let still = m > 1;
    for (let t = 1; t < m && still; t++) still = returns[t * n + j] === returns[j];
    if (still) refuseStill(0, j, assets);
  }
}

function perPeriod(window: ReturnsWindow, settings: CovarianceSettings): AnnualCovariance {
  const { returns, assets } = window;
  const n = assets.length;
  switch (settings.method) {
    case 'sample':
      return { covariance: sampleCovariance(returns, n, assets), intensity: 0 };
    case 'exponential':
      return { covariance: exponentialCovariance(returns, n, settings.halfLife), intensity: 0 };
    case 'ledoit-wolf-identity':
      return ledoitWolfIdentity(returns, n);
    case 'ledoit-wolf-single-factor':
      return ledoitWolfSingleFactor(returns, n);
    case 'ledoit-wolf-constant-correlation':
      return ledoitWolfConstantCorrelation(returns, n, assets);
    case 'oracle-approximating':
      return oracleApproximating(returns, n);
    case 'denoised':
      return { covariance: denoisedCovariance(returns, assets).covariance, intensity: 0 };
    case 'gerber': {
      const { covariance, repairs } = gerberCovariance(returns, assets);
      return repairs.length === 0
        ? { covariance, intensity: 0 }
        : { covariance, intensity: 0, repairs };
    }
    case 'semicovariance':
      return { covariance: semicovariance(returns, n), intensity: 0 };
  }
}
