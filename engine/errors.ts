/** What can go wrong in arithmetic. Ports and conversations have codes of their own. */
export type EngineErrorCode =
  | 'bad-panel'
  | 'bad-input'
  | 'short-history'
  | 'not-psd'
  | 'zero-variance'
  | 'infeasible'
  | 'unbounded'
  | 'no-excess-return'
  | 'not-converged'
  | 'missing-parameter'
  | 'duplicate-asset'
  | 'unsupported-limit';

/** A mathematical failure: a fixed code, a sentence that says what to do, and the offending values. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly values: Readonly<Record<string, unknown>>;

  constructor(code: EngineErrorCode, message: string, values: Readonly<Record<string, unknown>>) {
    super(message);
    this.code = code;
    this.values = values;
  }
}

/** One requirement of an infeasible problem, and by how much it would have to give way. */
export interface Conflict {
  /** The limit's name, e.g. "maximum of SPY", "at least 20.0 % bonds", "target return". */
  readonly limit: string;
  readonly bound: number;
  /** The nearest bound that would work when only this limit moves; null when moving it alone is not enough. */
  readonly wouldWork: number | null;
}

/**
 * Proof that limits conflict, checkable by hand: one multiplier for each side of each limit, none
 * negative. Added up with them, the limits' left sides cancel, lower - upper + A'(rowLower - rowUpper)
 * = 0, while their bounds add up to more than nothing: the sum says 0 >= gap > 0.
 *
 * @source Farkas (1902); Boyd and Vandenberghe (2004), section 5.8.3
 */
export interface FarkasCertificate {
  /** n multipliers of x_i >= lower_i. */
  readonly lower: Float64Array;
  /** n multipliers of x_i <= upper_i. */
  readonly upper: Float64Array;
  /** Per row, of its lower side. */
  readonly rowLower: Float64Array;
  /** Per row, of its upper side. */
  readonly rowUpper: Float64Array;
  /** lower'l - upper'u + rowLower'L - rowUpper'U; positive. */
  readonly gap: number;
}

/** A limit that gives way together with others. */
export interface Relaxation {
  readonly limit: string;
  readonly bound: number;
  readonly to: number;
}

/** How an infeasibility is proved, and the least that cures it. */
export interface InfeasibilityProof {
  /** Over the program that was solved: for portfolios its first row is the budget. */
  readonly certificate: FarkasCertificate;
  /** All limits that must move for a solution to exist, by the smallest total; short selling and the budget last. */
  readonly relaxation: readonly Relaxation[];
}

/** No portfolio meets all limits: names a minimal set that conflicts and the smallest relaxation. */
export class Infeasible extends EngineError {
  readonly conflicts: readonly Conflict[];
  /** Absent where a target is out of reach rather than the limits in conflict. */
  readonly proof: InfeasibilityProof | undefined;

  constructor(message: string, conflicts: readonly Conflict[], proof?: InfeasibilityProof) {
    super('infeasible', message, { conflicts, ...(proof && { relaxation: proof.relaxation }) });
    this.conflicts = conflicts;
    this.proof = proof;
  }
}
