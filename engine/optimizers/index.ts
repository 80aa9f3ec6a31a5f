import { maximumSharpe } from './maximum-sharpe.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import { minimumVariance } from './minimum-variance.ts';
import type { Optimizer } from './problem.ts';
import { targetReturn } from './target-return.ts';
import { targetVolatility } from './target-volatility.ts';

/** Every way to choose a portfolio, by the name that allocations and records carry. */
export const optimizers = {
  'minimum-variance': minimumVariance,
  'maximum-sharpe': maximumSharpe,
  'target-volatility': targetVolatility,
  'target-return': targetReturn,
  'mean-variance-utility': meanVarianceUtility,
} as const satisfies Record<string, Optimizer>;

export type Method = keyof typeof optimizers;
