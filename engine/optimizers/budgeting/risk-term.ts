/**
 * A convex risk as the interior-point method sees it, with the multipliers that make its slope. Its own
 * numbers (levels, tail shares, ...) move with the weights' step.
 */
export interface RiskTerm {
  /** Unknown numbers beside the weights; 1 for the value at risk of a tail. */
  readonly extra: number;
  /** How many complementary pairs it keeps. */
  readonly pairs: number;
  /** Puts its own numbers inside their limits for weights x. */
  start(x: Float64Array): void;
  /** Slope by the weights at the present multipliers, m numbers. */
  slope(x: Float64Array, into: Float64Array): void;
  /** A copy of its multipliers. */
  multipliers(): Float64Array;
  /** Adds the second-order part to a lower triangle of order m + extra. */
  addCurvature(matrix: Float64Array, size: number): void;
  /** Adds to the right-hand side what its residuals and products (towards `target`) ask for. */
  addRight(target: number, right: Float64Array): void;
  /** Directions of its own numbers for a step of the weights (and its extra number). */
  complete(step: Float64Array): void;
  /** Longest step that keeps its own numbers inside. */
  room(): number;
  move(length: number): void;
  /** Sum of its products. */
  products(): number;
  /** Largest residual of its own equations, relative. */
  missing(): number;
}
