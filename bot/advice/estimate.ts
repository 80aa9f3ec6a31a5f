import { annualCovariance, tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import { equilibriumReturns } from '../../engine/moments/equilibrium-returns.ts';
import { expectedReturns } from '../../engine/moments/expected-returns.ts';
import { returnsWindow } from '../../engine/moments/returns-window.ts';
import { columnOf, cut, type PricePanel } from '../../engine/panel.ts';
import { marketShareOf } from '../catalogue.ts';
import { pastCashRate } from './cash-rate.ts';
import type { Moments } from './plan.ts';

/** What the past says about assets, and how much past there was. */
export interface Estimate {
  readonly moments: Moments;
  /** The window's prices of the same assets. */
  readonly panel: PricePanel;
  /** Daily returns behind the covariance, rows x assets. */
  readonly returns: Float64Array;
  /** Years behind the expected returns. */
  readonly years: number;
  /** Assets left out, each with its reason. */
  readonly dropped: readonly { readonly asset: string; readonly reason: string }[];
  /** What had to be assumed, in whole sentences. */
  readonly remarks: readonly string[];
}

/** Swings change within years: risk looks back five. */
const RISK_ROWS = 1_260;
/** Means need every year they can get: as far as the window goes. */
const LEAST_ROWS = 756;

/**
 * Reward of the world market portfolio per unit of risk, per year: what a mix of stocks and bonds
 * has earned over a century, a little below it. Dimson, Marsh and Staunton (2002).
 */
const MARKET_SHARPE = 0.35;

/**
 * Moments for advice: Ledoit-Wolf covariance toward constant correlation, and means shrunk toward
 * those of equilibrium, tilted by momentum and mean reversion. Assets with less than three years of prices are left
 * out and said.
 *
 * @param cashRate what cash earns now, per year
 */
export function estimate(
  window: PricePanel,
  assets: readonly string[],
  cashRate: number,
): Estimate {
  const request = { minimumHistory: LEAST_ROWS, assets };
  const risk = returnsWindow(window, { ...request, lookback: RISK_ROWS });
  const growth = returnsWindow(window, {
    ...request,
    lookback: Math.max(LEAST_ROWS, window.days.length - 1),
  });
  const { covariance } = annualCovariance(risk, { method: 'ledoit-wolf-constant-correlation' });
  const shares = Float64Array.from(risk.assets, marketShareOf);
  const known = shares.some((share) => share > 0);
  const prior = equilibriumReturns(covariance, known ? shares : shares.fill(1), {
    riskFree: cashRate,
    marketSharpe: MARKET_SHARPE,
  });
  // Over the rows that the means come from, so that excess returns are those of one time.
  const past = pastCashRate(window, window.days.length - 1 - growth.rows);
  const { values } = expectedReturns(growth, {
    prior,
    riskFreeChange: past === null ? 0 : cashRate - past,
  });
  return {
    moments: { assets: risk.assets, expectedReturns: values, covariance },
    panel: cut(
      window,
      risk.assets.map((asset) => columnOf(window, asset)),
    ),
    returns: risk.returns,
    years: growth.rows / tradingDaysPerYear,
    dropped: risk.dropped,
    remarks: known
      ? []
      : [
          'None of these prices stands for the world market, so what there is counts as the market in equal parts.',
        ],
  };
}
