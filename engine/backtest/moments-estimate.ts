import { annualCovariance, type CovarianceSettings } from '../moments/annual-covariance.ts';
import { type ExpectedReturnSettings, expectedReturns } from '../moments/expected-returns.ts';
import { returnsWindow } from '../moments/returns-window.ts';
import type { Estimate } from './optimized-strategy.ts';

/** How moments are estimated. Plain data: give the same that advice is made with. */
export interface MomentSettings {
  readonly covariance: CovarianceSettings;
  readonly expectedReturns: ExpectedReturnSettings;
}

/**
 * The estimate of those settings: one window common to all assets that the strategy chose, which is
 * as long as the youngest of them has history.
 */
export function momentsEstimate(settings: MomentSettings): Estimate {
  return (panel) => {
    // The strategy has chosen assets with enough history, so none may be left out here.
    const lookback = Math.max(2, panel.days.length - 1);
    const window = returnsWindow(panel, { lookback, minimumHistory: 1 });
    return {
      expectedReturns: expectedReturns(window, settings.expectedReturns).values,
      covariance: annualCovariance(window, settings.covariance).covariance,
    };
  };
}
