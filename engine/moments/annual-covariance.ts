import { EngineError } from '../errors.ts';
import { checkSemidefinite } from '../linalg/semidefinite.ts';
import { exponentialCovariance } from './exponential-covariance.ts';
import { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.ts';
import { ledoitWolfIdentity } from './ledoit-wolf-identity.ts';
import type { ReturnsWindow } from './returns-window.ts';
import { sampleCovariance } from './sample-covariance.ts';

/** How a covariance is estimated. */
export type CovarianceSettings =
  | {
      readonly method: 'sample' | 'ledoit-wolf-identity' | 'ledoit-wolf-constant-correlation';
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
  const { covariance, intensity } = perPeriod(window, settings);
  const periods = settings.periodsPerYear ?? tradingDaysPerYear;
  for (let at = 0; at < covariance.length; at++) covariance[at] *= periods;
  for (let i = 0; i < n; i++) {
    if (covariance[i * n + i] > 1e-20) continue;
    throw new EngineError(
      'zero-variance',
      `The price of ${window.assets[i]} never moves in this window; leave it out or treat it as cash.`,
      { asset: window.assets[i] },
    );
  }
  checkSemidefinite(covariance, n);
  return { covariance, intensity };
}

function perPeriod(window: ReturnsWindow, settings: CovarianceSettings): AnnualCovariance {
  const { returns, assets } = window;
  const n = assets.length;
  switch (settings.method) {
    case 'sample':
      return { covariance: sampleCovariance(returns, n), intensity: 0 };
    case 'exponential':
      return { covariance: exponentialCovariance(returns, n, settings.halfLife), intensity: 0 };
    case 'ledoit-wolf-identity':
      return ledoitWolfIdentity(returns, n);
    case 'ledoit-wolf-constant-correlation':
      return ledoitWolfConstantCorrelation(returns, n, assets);
  }
}
