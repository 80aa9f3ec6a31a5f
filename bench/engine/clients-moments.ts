import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import { historicalMean } from '../../engine/moments/historical-mean.ts';
import { returnsWindow } from '../../engine/moments/returns-window.ts';
import { sampleCovariance } from '../../engine/moments/sample-covariance.ts';
import type { SharedMoments } from '../../engine/solvers/batch/index.ts';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { simulatedMoments } from './moments.ts';

/** The funds of the core panel with a full history. */
export const funds =
  'SPY VTI QQQ IWM EFA VEA VWO AGG BND TLT IEF SHY LQD HYG TIP GLD SLV DBC VNQ BIL'.split(' ');

/** Means and covariance per year of the 20 funds, 2007 to 2026; simulated where there is no panel. */
export function fundMoments(): { readonly moments: SharedMoments; readonly origin: string } {
  if (!corePanelPresent) {
    const moments = { assets: funds, ...simulatedMoments(funds.length, 4) };
    return { moments, origin: 'simulated (there is no ../shared/market)' };
  }
  const window = returnsWindow(corePanel(funds), { lookback: 1_000_000 });
  const n = funds.length;
  return {
    moments: {
      assets: funds,
      expectedReturns: historicalMean(window.returns, funds, tradingDaysPerYear).means,
      covariance: sampleCovariance(window.returns, n).map((v) => v * tradingDaysPerYear),
    },
    origin: `daily returns of 20 funds, ${window.rows} days`,
  };
}
