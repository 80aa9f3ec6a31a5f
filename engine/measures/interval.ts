import { normalQuantile } from '../normal.ts';

/** A figure with its uncertainty. */
export interface Interval {
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** E.g. .95: the share of such intervals that hold the true figure. */
  readonly level: number;
}

/** A symmetric interval from a standard error, by the normal approximation. */
export function normalInterval(estimate: number, standardError: number, level: number): Interval {
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { estimate, standardError, low: estimate - half, high: estimate + half, level };
}
