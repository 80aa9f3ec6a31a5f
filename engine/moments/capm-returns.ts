import { EngineError } from '../errors.ts';
import { compoundMean } from './compound-mean.ts';
import { firstRows } from './first-rows.ts';

export interface CapmSettings {
  /** Per year. */
  readonly riskFree: number;
  readonly periodsPerYear: number;
  /**
   * m returns of the market per period, NaN before its first; without it, the equally weighted mean of
   * what is listed.
   */
  readonly market?: Float64Array;
  /** The market's mean per year: its growth (default), or the arithmetic mean. */
  readonly marketMean?: 'compound' | 'arithmetic';
}

/** Expected returns of the capital asset pricing model. */
export interface CapmReturns {
  /** n expected returns per year. */
  readonly means: Float64Array;
  /** n sensitivities to the market. */
  readonly betas: Float64Array;
  /** Mean return of the market, per year. */
  readonly marketReturn: number;
}

/**
 * What the market's past premium promises each asset: risk-free rate + beta x premium. An asset's
 * covariance with the market is taken over the days that both have, the market's variance over all of its
 * own.
 *
 * @param returns m x n, row-major simple returns per period; NaN before an asset's first
 * @param names n symbols
 * @throws {EngineError} 'short-history' below two returns; 'bad-input' for a gap or a market of
 *   another length; 'zero-variance' when the market never moves
 * @source Sharpe (1964), Lintner (1965)
 */
export function capmReturns(
  returns: Float64Array,
  names: readonly string[],
  settings: CapmSettings,
): CapmReturns {
  const n = names.length;
  const first = firstRows(returns, names, 2);
  const m = returns.length / n;
  const market = settings.market ?? equallyWeighted(returns, n, first);
  if (market.length !== m) {
    throw new EngineError('bad-input', `Give ${m} returns of the market, not ${market.length}.`, {
      needed: m,
      given: market.length,
    });
  }
  const [begun] = firstRows(market, ['the market'], 2);
  const variance = covarianceFrom(market, market, 1, 0, begun);
  if (!(variance > 1e-24)) {
    throw new EngineError('zero-variance', 'The market never moves, so it has no betas.', {
      variance,
    });
  }
  const betas = Float64Array.from(
    first,
    (row, j) => covarianceFrom(market, returns, n, j, Math.max(row, begun)) / variance,
  );
  const marketReturn =
    settings.marketMean === 'arithmetic'
      ? (settings.periodsPerYear * sumFrom(market, begun)) / (m - begun)
      : compoundMean(market, ['the market'], settings.periodsPerYear)[0];
  const premium = marketReturn - settings.riskFree;
  return { means: betas.map((beta) => settings.riskFree + beta * premium), betas, marketReturn };
}

function sumFrom(values: Float64Array, from: number): number {
  let sum = 0;
  for (let t = from; t < values.length; t++) sum += values[t];
  return sum;
}

/** Mean return in each row of the assets that have one. */
function equallyWeighted(returns: Float64Array, n: number, first: Int32Array): Float64Array {
  const m = returns.length / n;
  const start = first.reduce((least, row) => Math.min(least, row), m);
  return Float64Array.from({ length: m }, (_, t) => {
    if (t < start) return Number.NaN;
    let sum = 0;
    let count = 0;
    for (let j = 0; j < n; j++) {
      if (t < first[j]) continue;
      sum += returns[t * n + j];
      count++;
    }
    return sum / count;
  });
}

/** Unbiased covariance of the market with column j over the rows from `from` on. */
function covarianceFrom(
  market: Float64Array,
  returns: Float64Array,
  n: number,
  j: number,
  from: number,
): number {
  const m = market.length;
  const count = m - from;
  let a = 0;
  let b = 0;
  for (let t = from; t < m; t++) {
    a += market[t] / count;
    b += returns[t * n + j] / count;
  }
  let sum = 0;
  for (let t = from; t < m; t++) sum += (market[t] - a) * (returns[t * n + j] - b);
  return sum / (count - 1);
}
