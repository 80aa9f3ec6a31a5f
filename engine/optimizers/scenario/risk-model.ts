import type { NamedRow } from '../../solvers/quadratic-program.ts';
import type { PortfolioProgram } from '../portfolio-program.ts';

/**
 * What is allowed, for a risk to be minimised over: variables with bounds and rows. The first n are
 * weights, or multiples of them; each further one is worth a fixed holding of the assets.
 */
export interface RiskModel {
  /** n. */
  readonly assets: number;
  /** M bounds, all lower ones finite. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Coefficients are M numbers. */
  readonly rows: readonly NamedRow[];
  /** n numbers for each of the M - n further variables; null when it holds nothing. */
  readonly holdings: readonly (Float64Array | null)[];
  /** M; 1 where the other limits imply the upper bound. */
  readonly implied?: Uint8Array;
  /** M tiny costs that choose among equals; no part of the risk or of what proves it. */
  readonly cost?: Float64Array;
}

/** Weights beyond this many times the whole are refused as unlimited. */
export const widest = 100;

/** The limits of a portfolio, with bounds that the budget implies written out. */
export function plainModel(program: PortfolioProgram, extra: readonly NamedRow[] = []): RiskModel {
  const { lower, upper, implied } = boxOf(program);
  return {
    implied,
    assets: lower.length,
    lower,
    upper,
    rows: [...program.rows, ...extra],
    holdings: [],
  };
}

/** Limits whose open bounds end at 100 times the whole; the same where none is open. */
export function closed<T extends { readonly lower: Float64Array; readonly upper: Float64Array }>(
  limits: T,
): T {
  return {
    ...limits,
    lower: limits.lower.map((low) => Math.max(low, -widest)),
    upper: limits.upper.map((high) => Math.min(high, widest)),
  };
}

/** Bounds of weights, tightened by what the others leave of the whole; open ones at 100 times it. */
export function boxOf(program: Pick<PortfolioProgram, 'lower' | 'upper'>): {
  lower: Float64Array;
  upper: Float64Array;
  /** 1 where the upper bound follows from the lower ones. */
  implied: Uint8Array;
} {
  const { lower, upper } = closed(program);
  const implied = new Uint8Array(lower.length);
  let least = 0;
  for (const low of lower) least += low;
  for (let i = 0; i < lower.length; i++) {
    const left = 1 - (least - lower[i]);
    // Rounding must not make a bound that cannot be kept.
    if (left > upper[i] || left <= lower[i]) continue;
    upper[i] = left;
    implied[i] = 1;
  }
  return { lower, upper, implied };
}

/** What x holds of each asset. */
export function holdingsOf(model: RiskModel, x: Float64Array): Float64Array {
  const weights = x.slice(0, model.assets);
  model.holdings.forEach((holding, e) => {
    const amount = x[model.assets + e];
    if (holding === null || amount === 0) return;
    for (let i = 0; i < weights.length; i++) weights[i] += amount * holding[i];
  });
  return weights;
}
