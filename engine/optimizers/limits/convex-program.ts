import type { QuadraticProgram } from '../../solvers/quadratic-program.ts';

/** A convex function of the variables with a gradient, or any one where it has several. */
export interface ConvexFunction {
  readonly at: (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array };
  /** Adds weight x second derivatives to an n x n matrix; absent for a function of flat pieces. */
  readonly addCurvature?: (x: Float64Array, weight: number, into: Float64Array) => void;
}

/** A convex function kept at or below a level. */
export interface ConvexLimit {
  /** As a person says it: "volatility", "tracking error". */
  readonly name: string;
  readonly most: number;
  readonly measure: ConvexFunction;
  /** Variable whose value is added to `most`: how far the limit gives way. */
  readonly giveWay?: number;
}

/** The most that may be traded: sum of |x - from| <= most. */
export interface TurnoverLimit {
  readonly from: Float64Array;
  readonly most: number;
  readonly giveWay?: number;
}

/**
 * A quadratic program with what linear limits cannot say: terms that grow with the power 3/2, convex
 * terms in the objective, convex limits and a limit on turnover.
 */
export interface ConvexProgram extends Omit<QuadraticProgram, 'quadratic'> {
  /** n x n, row-major, symmetric positive semidefinite. */
  readonly quadratic: Float64Array;
  /** sum of scale |x - at|^1.5 in the objective, n numbers each. */
  readonly powers?: { readonly at: Float64Array; readonly scale: Float64Array };
  /** weight x function in the objective. */
  readonly terms?: readonly { readonly weight: number; readonly measure: ConvexFunction }[];
  readonly limits: readonly ConvexLimit[];
  readonly turnover?: TurnoverLimit;
}

export interface ConvexSolution {
  readonly x: Float64Array;
  /** n numbers: positive where a lower bound holds the solution, negative where an upper one does. */
  readonly boundMultipliers: Float64Array;
  /** Per row of the program: positive where its lower side holds. */
  readonly rowMultipliers: Float64Array;
  /** Per convex limit, never negative: what one unit more of it saves. */
  readonly limitMultipliers: Float64Array;
  /** Never negative. */
  readonly turnoverMultiplier: number;
  /** Largest relative violation of the optimality conditions and of the limits. */
  readonly residual: number;
  readonly iterations: number;
  /** Quadratic programs solved. */
  readonly rounds: number;
}
