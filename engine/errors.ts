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

/** No portfolio meets all limits: names a minimal set that conflicts and the smallest relaxation. */
export class Infeasible extends EngineError {
  readonly conflicts: readonly Conflict[];

  constructor(message: string, conflicts: readonly Conflict[]) {
    super('infeasible', message, { conflicts });
    this.conflicts = conflicts;
  }
}
