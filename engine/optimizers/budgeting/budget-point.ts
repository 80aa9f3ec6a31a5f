/** Weights whose free assets share risk, and what holds the others. */
export interface SharedPoint {
  /** m weights. */
  readonly x: Float64Array;
  /** Strength of the logarithms at which the weights sum to the share. */
  readonly strength: number;
  /** m prices of bounds: positive for lower, negative for upper ones. */
  readonly boundPrices: Float64Array;
  /** Per row, likewise. */
  readonly rowPrices: Float64Array;
  readonly iterations: number;
}

/** Where the interior-point method came to rest; the weights stand strictly inside their bounds. */
export interface BudgetPoint extends SharedPoint {
  /** What the risk term's own multipliers were. */
  readonly multipliers: Float64Array;
  /** Largest relative residual of the optimality conditions; what is wrong when it is not small. */
  readonly error: number;
}
