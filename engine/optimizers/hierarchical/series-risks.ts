import type { SeriesRisk } from './settings.ts';

/**
 * Risks of a series that no convex program of ours minimises but a tree can split by. Each takes
 * returns per period in order of time, equally likely, and gives a fraction.
 */

/** Mean absolute difference of two periods. @source Yitzhaki (1982) */
export const giniMeanDifference: SeriesRisk = (returns) => {
  const sorted = returns.slice().sort();
  const count = sorted.length;
  let sum = 0;
  for (let t = 0; t < count; t++) sum += (2 * t + 1 - count) * sorted[t];
  return (2 * sum) / (count * (count - 1));
};

/** Mean shortfall below a return of 0. @source Fishburn (1977) */
export const meanShortfall: SeriesRisk = (returns) => {
  let sum = 0;
  for (const r of returns) sum += Math.max(-r, 0);
  return sum / returns.length;
};

/** Greatest less least return. */
export const range: SeriesRisk = (returns) => {
  let least = Infinity;
  let most = -Infinity;
  for (const r of returns) {
    if (r < least) least = r;
    if (r > most) most = r;
  }
  return most - least;
};

/**
 * The loss that is exceeded in at most a tail of the periods: an order statistic, not interpolated.
 *
 * @param tail in (0, 1), e.g. .05
 */
export function quantileLoss(tail: number): SeriesRisk {
  return (returns) => -lowerQuantile(returns, tail);
}

/** Falls below the highest point so far, one a period: of the running sum, or of what compounds. */
export function drawdowns(returns: Float64Array, compounded: boolean): Float64Array {
  const falls = new Float64Array(returns.length);
  let value = 1;
  let peak = 1;
  for (let t = 0; t < returns.length; t++) {
    value = compounded ? value * (1 + returns[t]) : value + returns[t];
    if (value > peak) peak = value;
    falls[t] = compounded ? (peak - value) / peak : peak - value;
  }
  return falls;
}

/** Mean fall below the highest point so far. */
export function averageDrawdown(compounded: boolean): SeriesRisk {
  return (returns) => {
    let sum = 0;
    for (const fall of drawdowns(returns, compounded)) sum += fall;
    return sum / returns.length;
  };
}

/** The fall that is exceeded in at most a tail of the periods. */
export function drawdownAtRisk(tail: number, compounded: boolean): SeriesRisk {
  return (returns) =>
    -lowerQuantile(
      drawdowns(returns, compounded).map((fall) => -fall),
      tail,
    );
}

function lowerQuantile(values: Float64Array, tail: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.max(0, Math.ceil(tail * sorted.length - 1e-9) - 1)];
}
