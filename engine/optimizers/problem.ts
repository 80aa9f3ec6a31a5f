/** A named limit on the total weight of some assets: lower <= sum of coefficients x weights <= upper. */
export interface LinearLimit {
  /** In plain words as a person would read it, e.g. "stocks", "crypto". */
  readonly name: string;
  /** n coefficients; 1 for members of a class and 0 elsewhere in the common case. */
  readonly coefficients: Float64Array;
  /** -Infinity when there is none. */
  readonly lower: number;
  /** Infinity when there is none. */
  readonly upper: number;
}

export interface Limits {
  /** n lower bounds on weights, fractions. */
  readonly lower: Float64Array;
  /** n upper bounds on weights, fractions. */
  readonly upper: Float64Array;
  readonly linear: readonly LinearLimit[];
}

/** Everything an optimizer may know. Plain data: it can be stored, hashed and replayed. */
export interface Problem {
  /** n symbols; cash may be one of them, with zero variance and the risk-free return. */
  readonly assets: readonly string[];
  /** n expected returns per year, arithmetic. */
  readonly expectedReturns: Float64Array;
  /** n x n covariance per year, row-major, symmetric positive semidefinite. */
  readonly covariance: Float64Array;
  /** Per year. */
  readonly riskFree: number;
  readonly limits: Limits;
  /** n present weights; with `tradingCosts` they make trades cost return. */
  readonly current?: Float64Array;
  /** n one-way costs per unit of value traded, e.g. .001 for 10 basis points. Needs `current`. */
  readonly tradingCosts?: Float64Array;
  /** For mean-variance utility: maximise return - riskAversion/2 x variance - costs. */
  readonly riskAversion?: number;
  /** For target return: the least expected return per year. */
  readonly targetReturn?: number;
  /** For target volatility: the most volatility per year. */
  readonly targetVolatility?: number;
}

/** A limit that holds the solution back. */
export interface Binding {
  readonly limit: string;
  readonly kind: 'lower' | 'upper' | 'at-least' | 'at-most' | 'target-return' | 'target-volatility';
  /** The asset, when the limit is on a single weight. */
  readonly asset?: string;
  readonly bound: number;
  /**
   * Gain of the method's objective, per year, for one unit (100 points of weight, return or
   * volatility) of relaxation; never negative. Its unit is `shadowUnit`.
   */
  readonly shadowPrice: number;
  readonly shadowUnit: 'return' | 'variance' | 'sharpe' | 'utility';
}

/** An optimizer's answer with its proof. */
export interface Allocation {
  readonly method: string;
  /** n fractions of value; sums to 1. */
  readonly weights: Float64Array;
  /** Per year, before trading costs. */
  readonly expectedReturn: number;
  /** Per year. */
  readonly volatility: number;
  /** Fraction of value spent on trading from `current`; 0 without costs. */
  readonly tradingCost: number;
  readonly binding: readonly Binding[];
  /** Largest violation of the optimality (KKT) conditions, relative; below 1e-8. */
  readonly residual: number;
  readonly iterations: number;
  /** How it was solved, e.g. "active set", "bisection on risk aversion over active set". */
  readonly solvedBy: string;
}

/**
 * One way to choose a portfolio. Synchronous and pure: the same problem gives the same bits.
 * Never answers with a substitute: a problem without a solution is thrown as {@link Infeasible}
 * or another EngineError.
 */
export type Optimizer = (problem: Problem) => Allocation;
