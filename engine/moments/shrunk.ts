/** A covariance drawn towards a simpler target. */
export interface Shrunk {
  /** n x n, row-major, per observation period. */
  readonly covariance: Float64Array;
  /** Weight of the target, 0 to 1: how little the sample alone can be trusted. */
  readonly intensity: number;
}
