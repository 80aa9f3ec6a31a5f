import type { FactorCovariance } from '../linalg/factor-form.ts';

export type { FactorCovariance } from '../linalg/factor-form.ts';

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

/**
 * What a portfolio must keep to. Bounds and linear limits are obeyed by every method; the others are
 * added to any method by engine/optimizers/limits. A factor exposure or a class is a linear limit.
 */
export interface Limits {
  /** n lower bounds on weights, fractions. */
  readonly lower: Float64Array;
  /** n upper bounds on weights, fractions. */
  readonly upper: Float64Array;
  readonly linear: readonly LinearLimit[];
  /** Most traded value, sum |w - current|, buys and sells both counted; a fraction. Needs `current`. */
  readonly turnover?: number;
  /** Most volatility per year. */
  readonly volatility?: number;
  /** Most volatility per year of the difference from `benchmark`. */
  readonly trackingError?: number;
  /** Most conditional value at risk per period of `scenarios`, at `confidence`; a fraction of value. */
  readonly conditionalValueAtRisk?: number;
  /** Most assets held at a weight other than 0. */
  readonly holdings?: number;
  /** An asset that is held at all is held at this weight or more. */
  readonly smallestHolding?: number;
}

/** Returns that measures beyond variance are computed on: the past, or simulated. */
export interface Scenarios {
  /** count x n simple returns of one period, row-major, in order of time. */
  readonly returns: Float64Array;
  readonly count: number;
  /** count numbers that sum to 1; all equal when absent. */
  readonly probabilities?: Float64Array;
  /** Periods in a year, e.g. 252. */
  readonly periodsPerYear: number;
}

/** How far the true means may lie from the estimated ones. */
export type MeanUncertainty =
  /** (true - estimated)' S^-1 (true - estimated) <= radius^2; S is n x n, row-major. */
  | { readonly kind: 'ellipsoid'; readonly shape: Float64Array; readonly radius: number }
  /** |true - estimated| <= halfWidth, n numbers. */
  | { readonly kind: 'box'; readonly halfWidth: Float64Array };

/** One draw of what the moments could be. */
export interface Belief {
  /** n, per year. */
  readonly expectedReturns: Float64Array;
  /** n x n, per year, row-major. */
  readonly covariance: Float64Array;
}

/** Everything an optimizer may know. Plain data: it can be stored, hashed and replayed. */
export interface Problem {
  /** n symbols; cash may be one of them, with zero variance and the risk-free return. */
  readonly assets: readonly string[];
  /** n expected returns per year, arithmetic. */
  readonly expectedReturns: Float64Array;
  /** n x n covariance per year, row-major, symmetric positive semidefinite; empty with `factors`. */
  readonly covariance: Float64Array;
  /** In place of `covariance`. */
  readonly factors?: FactorCovariance;
  /** Per year. */
  readonly riskFree: number;
  readonly limits: Limits;
  /** n present weights; with `tradingCosts` they make trades cost return. */
  readonly current?: Float64Array;
  /** n one-way costs per unit of value traded, e.g. .001 for 10 basis points. Needs `current`. */
  readonly tradingCosts?: Float64Array;
  /**
   * n costs of trading that grow with size: sum of k |w - current|^1.5, in units of value for trades in
   * fractions of value. Needs `current`.
   */
  readonly marketImpact?: Float64Array;
  /** For measures on scenarios. */
  readonly scenarios?: Scenarios;
  /** n weights to track or to be measured against. */
  readonly benchmark?: Float64Array;
  /** n positive shares of risk that sum to 1, for risk budgeting; equal when absent. */
  readonly riskBudgets?: Float64Array;
  /** Level of tail measures, 0.95 when absent: the mean of the worst 5 %. */
  readonly confidence?: number;
  /** For robust methods. */
  readonly meanUncertainty?: MeanUncertainty;
  /** For robust methods: the true covariance may lie this far from the given one (Frobenius norm). */
  readonly covarianceRadius?: number;
  /** For resampling: how often, and how many normal observations each time, from which seed. */
  readonly resampling?: {
    readonly draws: number;
    readonly observations: number;
    readonly periodsPerYear: number;
    readonly seed: number;
  };
  /** For Bayesian utility: draws of what the moments could be, per year, all equally likely. */
  readonly beliefs?: readonly Belief[];
  /** For mean-variance utility: maximise return - riskAversion/2 x variance - costs. */
  readonly riskAversion?: number;
  /** For target return: the least expected return per year. */
  readonly targetReturn?: number;
  /** For target volatility: the most volatility per year. */
  readonly targetVolatility?: number;
  /** For targets on a scenario measure: the most of it, in the measure's own unit per period. */
  readonly targetRisk?: number;
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
  readonly shadowUnit: 'return' | 'variance' | 'sharpe' | 'utility' | 'risk' | 'ratio';
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
  /**
   * How far the answer can be from the method's own optimum, relative: the largest violation of its
   * optimality conditions (below 1e-8), or the duality gap of a cutting-plane method (below 1e-6; below
   * 1e-4 for the return at the least possible risk on scenarios). What `certificate` says.
   */
  readonly residual: number;
  /** 'optimality' when absent. 'rule': the method is a formula with nothing to optimise. */
  readonly certificate?: 'optimality' | 'gap' | 'rule';
  /** What was mended in the inputs before solving, in plain sentences; absent when nothing was. */
  readonly repairs?: readonly string[];
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
