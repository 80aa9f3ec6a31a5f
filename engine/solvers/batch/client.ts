import type { QuadraticProgram } from '../quadratic-program.ts';

/** What all clients of a batch have in common: one policy's view of the market. */
export interface SharedMoments {
  /** n symbols. */
  readonly assets: readonly string[];
  /** n expected returns per year, arithmetic. */
  readonly expectedReturns: Float64Array;
  /** n x n covariance per year, row-major, symmetric positive semidefinite. */
  readonly covariance: Float64Array;
}

/**
 * What one client brings. The solver keeps none of it: the same object may be filled anew for each
 * client.
 */
export interface Client {
  /** n lower bounds on weights, fractions. */
  readonly lower: Float64Array;
  /** n upper bounds on weights, fractions; equal to the lower one for an asset that may not move. */
  readonly upper: Float64Array;
  /** n present weights, fractions; they may lie outside the bounds. */
  readonly current: Float64Array;
  /** n one-way costs per unit of value traded, e.g. .001 for 10 basis points. */
  readonly tradingCosts: Float64Array;
  /** Not negative. */
  riskAversion: number;
}

/** How a client's program ended. */
export const clientOutcome = {
  /** Solved by the batch to a residual below 1e-8. */
  solved: 0,
  /** The batch did not reach 1e-8; the general solver did. */
  solvedByGeneral: 1,
  /** The bounds leave no weights that sum to 1. */
  infeasible: 2,
  /** A number is missing or out of range: NaN, a negative cost or risk aversion. */
  invalid: 3,
  /** Neither solver reached 1e-8. */
  unsolved: 4,
} as const;

export type ClientOutcome = (typeof clientOutcome)[keyof typeof clientOutcome];

/** One client's answer; where there is none, its numbers are NaN. Filled by the solver. */
export interface ClientAnswer {
  outcome: ClientOutcome;
  /** n fractions of value that sum to 1. */
  readonly weights: Float64Array;
  /** n: utility per year gained by lowering a lower bound (positive) or raising an upper one (negative). */
  readonly boundMultipliers: Float64Array;
  /** n slopes of the trading cost, within plus and minus the cost. */
  readonly costMultipliers: Float64Array;
  /** Marginal utility per year of the budget: that of one more unit of value in any free asset, negated. */
  budgetMultiplier: number;
  /** Largest relative violation of the optimality conditions, as in `kktResidual`. */
  residual: number;
  iterations: number;
}

/** An answer with room for n assets. */
export function clientAnswer(n: number): ClientAnswer {
  return {
    outcome: clientOutcome.unsolved,
    weights: new Float64Array(n).fill(Number.NaN),
    boundMultipliers: new Float64Array(n).fill(Number.NaN),
    costMultipliers: new Float64Array(n).fill(Number.NaN),
    budgetMultiplier: Number.NaN,
    residual: Number.NaN,
    iterations: 0,
  };
}

/**
 * A client's program for `solveQuadraticProgram`, which is slower, and names the limits that conflict
 * when there is no answer: minimise riskAversion/2 w'Cw - mu'w + trading costs.
 */
export function clientProgram(moments: SharedMoments, client: Client): QuadraticProgram {
  const { assets, expectedReturns, covariance } = moments;
  return {
    names: assets,
    quadratic: covariance.map((v) => client.riskAversion * v),
    linear: expectedReturns.map((r) => -r),
    lower: client.lower,
    upper: client.upper,
    rows: [
      {
        name: 'weights sum to 100 %',
        coefficients: new Float64Array(assets.length).fill(1),
        lower: 1,
        upper: 1,
      },
    ],
    kinks: { at: client.current, slope: client.tradingCosts },
  };
}
