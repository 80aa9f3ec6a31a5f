import { backtest } from '../../engine/backtest/backtest.ts';
import { buyAndHold, fixedMix } from '../../engine/backtest/fixed-strategies.ts';
import type { BacktestResult } from '../../engine/backtest/result.ts';
import type { Strategy } from '../../engine/backtest/strategy.ts';
import { type BacktestSummary, summarise } from '../../engine/backtest/summary.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { CASH } from '../catalogue.ts';
import type { Goal } from '../goal.ts';
import type { Policy } from '../suitability/policy.ts';
import { solveAdvice } from './advise.ts';
import { costsOf } from './costs.ts';
import { lastRows, WINDOW_ROWS } from './panel-window.ts';

/** Plain data in and out: it runs on a worker thread. */
export interface BacktestInput {
  readonly panel: PricePanel;
  readonly policy: Policy;
  readonly goal: Goal;
  /** Today's fractions of value by symbol, CASH included. */
  readonly current: readonly (readonly [string, number])[];
  readonly cashRate: number;
  readonly initialValue: number;
  readonly simulated: boolean;
}

export interface BacktestLine {
  readonly name: string;
  readonly summary: BacktestSummary;
  readonly days: Int32Array;
  readonly values: Float64Array;
}

export interface BacktestOutput {
  readonly lines: readonly BacktestLine[];
  /** Why the period begins where it does, and what was worked around. */
  readonly remarks: readonly string[];
}

const ROWS_PER_YEAR = 252;
/** Three years of prices before the first decision. */
const LEAST_HISTORY = 756;
const STOCKS = 'SPY';
const BONDS = 'AGG';
const SEED = 20_261_123;

/**
 * Keel's own method, re-optimised every quarter on the past alone, against today's holdings bought
 * and held and a 60/40 mix: the same days, the same starting money, every cost charged.
 */
export function backtestTask(
  input: BacktestInput,
  progress: (done: number, total: number) => void,
): BacktestOutput {
  const { panel, initialValue } = input;
  const held = input.current.filter(([asset, weight]) => asset !== CASH && weight > 0);
  const needed = [...held.map(([asset]) => asset), STOCKS, BONDS].filter((asset) =>
    panel.assets.includes(asset),
  );
  const first = Math.max(...needed.map((asset) => panel.firstRow[panel.assets.indexOf(asset)]));
  const startRow = Math.max(first, LEAST_HISTORY);
  const mixed = panel.assets.includes(STOCKS) && panel.assets.includes(BONDS);
  const strategies: Strategy[] = [
    keel(input),
    buyAndHold(weightsOf(panel, new Map(held)), "Today's holdings"),
    ...(mixed
      ? [
          fixedMix(
            weightsOf(
              panel,
              new Map([
                [STOCKS, 0.6],
                [BONDS, 0.4],
              ]),
            ),
            '60/40',
          ),
        ]
      : []),
  ];
  const steps = strategies.length * 100;
  const lines = strategies.map((strategy, index): BacktestLine => {
    const result = backtest({
      panel,
      strategy,
      decisions: 'quarterly',
      costs: panel.assets.map(costsOf),
      initialValue,
      startRow,
      minHistoryRows: LEAST_HISTORY,
      cashReturns: input.cashRate / ROWS_PER_YEAR,
      onProgress: (done, total) => progress(index * 100 + Math.round((100 * done) / total), steps),
    });
    return line(strategy.name, result, input.cashRate);
  });
  const youngest = needed.find(
    (asset) => panel.firstRow[panel.assets.indexOf(asset)] === first && first > LEAST_HISTORY,
  );
  return {
    lines,
    remarks: [
      ...(youngest === undefined
        ? []
        : [`The test begins when ${youngest}, the youngest of what it needs, had a price.`]),
      ...(mixed ? [] : ['There is no 60/40 line, because the prices lack SPY or AGG.']),
      ...lines
        .filter((each) => each.summary.refusals > 0)
        .map(
          (each) =>
            `${each.name}: at ${each.summary.refusals} of the decision days no mix met the limits; it then kept what it held.`,
        ),
    ],
  };
}

function line(name: string, result: BacktestResult, cashRate: number): BacktestLine {
  const { days, values } = result;
  return {
    name,
    summary: summarise(result, { seed: SEED, resamples: 500, riskFree: cashRate / ROWS_PER_YEAR }),
    days,
    values,
  };
}

/** The advice itself as a strategy: at each decision it sees the past and what it holds. */
function keel(input: BacktestInput): Strategy {
  return {
    name: 'Keel',
    decide(past, current) {
      const window = lastRows(past, WINDOW_ROWS);
      const cash = Math.max(0, 1 - current.reduce((sum, weight) => sum + weight, 0));
      const weights = new Map(past.assets.map((asset, j) => [asset, current[j]]));
      weights.set(CASH, cash);
      const { problem, allocation } = solveAdvice(
        {
          panelHash: '',
          today: past.days[past.days.length - 1],
          policy: input.policy,
          // A goal by a date belongs to today; in the past its method is the risk budget itself.
          goal: input.goal.kind === 'by-date' ? { kind: 'max-return' } : input.goal,
          totalMinor: input.initialValue * 100,
          current: [...weights].filter(([, weight]) => weight > 0),
          cashRate: input.cashRate,
          simulated: input.simulated,
          previous: null,
        },
        window,
      );
      const target = new Map(problem.assets.map((asset, i) => [asset, allocation.weights[i]]));
      return Float64Array.from(past.assets, (asset) => Math.max(0, target.get(asset) ?? 0));
    },
  };
}

function weightsOf(panel: PricePanel, weights: ReadonlyMap<string, number>): Float64Array {
  return Float64Array.from(panel.assets, (asset) => weights.get(asset) ?? 0);
}
