import type { SymmetricMatrix } from '../linalg/symmetric-matrix.ts';

/** A two-sided linear limit: lower <= coefficients'x <= upper. Equal sides make an equality. */
export interface NamedRow {
  readonly name: string;
  /** n numbers, not all zero. */
  readonly coefficients: Float64Array;
  /** -Infinity when there is none. */
  readonly lower: number;
  /** Infinity when there is none. */
  readonly upper: number;
  /** What the sides are called in an infeasibility; "<name> at least <bound>" by default. */
  readonly lowerName?: string;
  readonly upperName?: string;
}

/**
 * A convex quadratic program: minimise x'Qx/2 + c'x + sum of k_i |x_i - x0_i| under bounds and rows.
 * Plain data; the solver changes none of it.
 */
export interface QuadraticProgram {
  /** n names, used to say which bound conflicts. */
  readonly names: readonly string[];
  /** Q, symmetric positive semidefinite: n x n numbers row-major, factors, or a form of its own. */
  readonly quadratic: SymmetricMatrix;
  /** c: n numbers. */
  readonly linear: Float64Array;
  /** n bounds, -Infinity where there is none. */
  readonly lower: Float64Array;
  /** n bounds, Infinity where there is none. */
  readonly upper: Float64Array;
  readonly rows: readonly NamedRow[];
  /** Costs of moving away from a point, each n numbers: where it stands and the slope (not negative). */
  readonly kinks?: { readonly at: Float64Array; readonly slope: Float64Array };
}

/** Where a variable stands: inside (with the side of its kink), at a bound, or at its kink. */
export type Standing = 'free' | 'lower' | 'upper' | 'kink';

/** What is held fixed at a solution; hands the next similar problem a start. */
export interface WorkingSet {
  /** n numbers. */
  readonly x: Float64Array;
  /** n of {@link standing}. */
  readonly variables: Int8Array;
  /** Per row of {@link standing}. */
  readonly rows: Int8Array;
}

/** Codes of a working set. */
export const standing = { free: 0, lower: 1, upper: 2, kink: 3 } as const;

export interface Solution {
  /** n numbers. */
  readonly x: Float64Array;
  readonly objective: number;
  /** n numbers: positive where a lower bound holds the solution, negative where an upper bound does. */
  readonly boundMultipliers: Float64Array;
  /** Per row: positive where its lower side holds the solution, negative where its upper side does. */
  readonly rowMultipliers: Float64Array;
  /** n slopes of the cost of moving, within [-k, k]; zeros without kinks. */
  readonly costMultipliers: Float64Array;
  /** Largest relative violation of the optimality conditions; below 1e-8. */
  readonly residual: number;
  readonly iterations: number;
  readonly workingSet: WorkingSet;
}
