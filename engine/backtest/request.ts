import type { Costs } from '../costs/trade-rates.ts';
import { EngineError } from '../errors.ts';
import type { PricePanel } from '../panel.ts';
import { type Schedule, scheduledRows } from './schedule.ts';
import type { Strategy } from './strategy.ts';

export interface BacktestRequest {
  readonly panel: PricePanel;
  readonly strategy: Strategy;
  /**
   * Rising rows to decide on, or a schedule: then the first decision is on the first row allowed and
   * the others on the first trading day of each period, so that strategies start on the same day.
   */
  readonly decisions: readonly number[] | Schedule;
  readonly costs: Costs;
  /** Money at the first decision's close. */
  readonly initialValue: number;
  /** n fractions held at the start, the rest cash; all cash without it. */
  readonly initialWeights?: Float64Array;
  /** No decision before this row; 0 without it. */
  readonly startRow?: number;
  /** No decision that sees fewer rows than this; 1 without it. */
  readonly minHistoryRows?: number;
  /**
   * Rows between the close that a decision saw and the close it trades at: 1 (the default) leaves a
   * day to act; 0 trades at the very close it saw.
   */
  readonly executionLag?: 0 | 1;
  /** What cash earns from the row before, one number for all rows or one per row; 0 without it. */
  readonly cashReturns?: number | Float64Array;
  /** Told after each row that was worked through. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The rows that a backtest decides on.
 *
 * @returns at least one row, rising
 * @throws {EngineError} 'short-history' when none is left; 'bad-input' when they do not rise
 */
export function decisionRows(request: BacktestRequest): number[] {
  const { panel, decisions, startRow = 0, minHistoryRows = 1 } = request;
  const first = Math.max(startRow, minHistoryRows - 1, 0);
  const last = panel.days.length - 1;
  const wanted =
    typeof decisions === 'string' ? [first, ...scheduledRows(panel, decisions)] : decisions;
  const rows: number[] = [];
  for (const [i, row] of wanted.entries()) {
    const listed = typeof decisions !== 'string';
    if (!Number.isInteger(row) || (listed && i > 0 && row <= wanted[i - 1])) {
      throw new EngineError('bad-input', 'Decision rows must be whole numbers that rise.', { row });
    }
    if (row >= first && row <= last && row !== rows.at(-1)) {
      rows.push(row);
    }
  }
  if (rows.length === 0) {
    throw new EngineError(
      'short-history',
      `No day to decide on: ${last + 1} days of prices, and the first decision needs ${first + 1}.`,
      { days: last + 1, needs: first + 1 },
    );
  }
  return rows;
}
