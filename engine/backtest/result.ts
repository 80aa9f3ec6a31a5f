import type { EngineErrorCode } from '../errors.ts';

/** One decision of a backtest and what came of it. */
export interface Decision {
  readonly row: number;
  /** UTC day number. */
  readonly day: number;
  /** n target fractions; the weights held when the strategy holds or refused. */
  readonly weights: Float64Array;
  readonly action: 'trade' | 'hold' | 'refused';
  /** Why the strategy could not decide; it then kept what it held. */
  readonly refusal: { readonly code: EngineErrorCode; readonly message: string } | null;
  /** The row it traded at; null when it did not, or the panel ends before. */
  readonly executedRow: number | null;
  /** Share of the portfolio that changed hands. */
  readonly turnover: number;
  /** Money paid for trading. */
  readonly cost: number;
  /** Assets traded. */
  readonly trades: number;
}

/** What a strategy would have done, hypothetical and net of costs. */
export interface BacktestResult {
  readonly strategy: string;
  /** UTC day numbers from the first decision to the end of the panel. */
  readonly days: Int32Array;
  /** Money at each close, after that day's trades and their costs. */
  readonly values: Float64Array;
  readonly initialValue: number;
  readonly decisions: readonly Decision[];
  readonly totalCost: number;
  readonly tradesCount: number;
  /** Decisions that the strategy could not make. Never hidden: say them with the result. */
  readonly refusals: number;
}
