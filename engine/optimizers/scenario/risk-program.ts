import type { Shape } from './measure.ts';

/**
 * Minimise a shape of levels under bounds and rows, in the layout of the interior-point method.
 * Levels are the losses -(offset + series' x), or their uncompounded drawdowns.
 */
export interface RiskProgram {
  readonly shape: Shape;
  readonly drawdown: boolean;
  /** T probabilities, positive. */
  readonly probabilities: Float64Array;
  /** 1 - confidence. */
  readonly tail: number;
  /** N x T: the returns of one variable after another. */
  readonly series: Float64Array;
  /** T returns of what is held fixed. */
  readonly offset: Float64Array;
  /** N bounds, lower < upper. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** m x N, row-major. */
  readonly rows: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** N costs that are added to the shape, in its own unit; only to choose among equals. */
  readonly cost: Float64Array;
  /** Where a weight starts when the bounds allow. */
  readonly start: Float64Array;
}

/** Where the interior-point method came to rest: primal and dual, each feasible to rounding. */
export interface RiskPoint {
  /** N numbers, strictly inside their bounds. */
  readonly x: Float64Array;
  /** Per row: positive where its lower side holds, negative where its upper side does. */
  readonly prices: Float64Array;
  /** Per period: what one more unit of loss adds to the shape, not negative. */
  readonly shares: Float64Array;
  /** The level from which periods count, for a tail or the worst. */
  readonly threshold: number;
  readonly iterations: number;
}
