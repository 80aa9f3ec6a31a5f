import { EngineError } from '../errors.ts';
import { crossSectionalScore } from './cross-sectional-score.ts';
import type { ReturnsWindow } from './returns-window.ts';

const monthDays = 21;
const yearDays = 252;

/**
 * Momentum: growth over the past year without its last month, per unit of the asset's volatility,
 * compared across assets. The last month is left out because it tends to reverse.
 *
 * @returns n scores within [-2, 2]
 * @throws {EngineError} 'short-history' below 252 returns
 * @source Jegadeesh and Titman (1993); Asness, Moskowitz and Pedersen (2013)
 */
export function momentumSignal(window: ReturnsWindow): Float64Array {
  return crossSectionalScore(riskAdjustedGrowth(window, yearDays, monthDays, 'Momentum'));
}

/**
 * Mean reversion: last month's growth per unit of volatility, compared across assets, with the sign
 * turned: what fell most scores highest.
 *
 * @returns n scores within [-2, 2]
 * @throws {EngineError} 'short-history' below 252 returns, which the volatility is taken from
 * @source Jegadeesh (1990); Lehmann (1990)
 */
export function meanReversionSignal(window: ReturnsWindow): Float64Array {
  const growth = riskAdjustedGrowth(window, monthDays, 0, 'Mean reversion');
  // Subtracting from 0 keeps a neutral score at plain 0.
  return crossSectionalScore(growth).map((score) => 0 - score);
}

/** Log growth from `from` to `to` returns before the end, over the last year's daily volatility. */
function riskAdjustedGrowth(
  window: ReturnsWindow,
  from: number,
  to: number,
  signal: string,
): Float64Array {
  const { returns, rows, assets } = window;
  const n = assets.length;
  if (rows < yearDays) {
    throw new EngineError(
      'short-history',
      `${signal} needs ${yearDays} returns and the window has ${rows}; lengthen it or switch the signal off.`,
      { rows, needed: yearDays },
    );
  }
  return Float64Array.from(assets, (asset, j) => {
    let growth = 0;
    for (let t = rows - from; t < rows - to; t++) growth += Math.log1p(returns[t * n + j]);
    let sum = 0;
    let squares = 0;
    for (let t = rows - yearDays; t < rows; t++) {
      sum += returns[t * n + j];
      squares += returns[t * n + j] ** 2;
    }
    const variance = (squares - (sum * sum) / yearDays) / (yearDays - 1);
    if (!(variance > 1e-24)) {
      throw new EngineError(
        'zero-variance',
        `The price of ${asset} did not move in the past year; leave it out or treat it as cash.`,
        { asset },
      );
    }
    return growth / Math.sqrt(variance);
  });
}
