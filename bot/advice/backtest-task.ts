import { backtest } from '../../engine/backtest/backtest.ts';
import { buyAndHold, fixedMix } from '../../engine/backtest/fixed-strategies.ts';
import type { BacktestResult } from '../../engine/backtest/result.ts';
import type { Strategy } from '../../engine/backtest/strategy.ts';
import { type BacktestSummary, summarise } from '../../engine/backtest/summary.ts';
import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { Refusal } from '../errors.ts';
import type { Goal } from '../goal.ts';
import { formatPercent } from '../language/format.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Wishes } from '../wishes.ts';
import { cashKnownFrom, cashReturnsOf } from './cash-rate.ts';
import { costsOf } from './costs.ts';
import { keelStrategy } from './keel-strategy.ts';
import { heldIn } from './universe.ts';

/** Plain data in and out: it runs on a worker thread. */
export interface BacktestInput {
  readonly panel: PricePanel;
  readonly policy: Policy;
  readonly goal: Goal;
  readonly wishes: Wishes;
  /** Today's fractions of value by symbol, CASH included. */
  readonly current: readonly (readonly [string, number])[];
  /** What cash earned per year before prices tell. */
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
  const current = new Map(input.current);
  const held = heldIn(panel, current);
  const needed = [...held, STOCKS, BONDS].filter((asset) => panel.assets.includes(asset));
  const first = Math.max(0, ...needed.map((asset) => panel.firstRow[panel.assets.indexOf(asset)]));
  const startRow = Math.max(first, LEAST_HISTORY);
  if (panel.days.length - 1 - startRow < tradingDaysPerYear) {
    throw new Refusal(
      'short-history',
      'There is less than a year of prices to test on, and less says nothing. A test needs three years to learn from and one to try.',
    );
  }
  const sixtyForty = new Map([
    [STOCKS, 0.6],
    [BONDS, 0.4],
  ]);
  const mixed = [...sixtyForty.keys()].every((asset) => panel.assets.includes(asset));
  const strategies: Strategy[] = [
    keelStrategy(input),
    buyAndHold(weightsOf(panel, current), "Today's holdings"),
    ...(mixed ? [fixedMix(weightsOf(panel, sixtyForty), '60/40')] : []),
  ];
  const cashReturns = cashReturnsOf(panel, input.cashRate);
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
      cashReturns,
      onProgress: (done, total) => progress(index * 100 + Math.round((100 * done) / total), steps),
    });
    return line(strategy.name, result, cashReturns.subarray(startRow + 1));
  });
  const youngest = needed.find(
    (asset) => panel.firstRow[panel.assets.indexOf(asset)] === first && first > LEAST_HISTORY,
  );
  return { lines, remarks: remarksOn(input, lines, startRow, youngest, mixed) };
}

/** What a reader must know to read the lines, in whole sentences. */
function remarksOn(
  { panel, goal, cashRate }: BacktestInput,
  lines: readonly BacktestLine[],
  startRow: number,
  youngest: string | undefined,
  mixed: boolean,
): string[] {
  const remarks: string[] = [];
  if (goal.kind === 'by-date') {
    remarks.push(
      'Your goal has a date that lies ahead, so the past is tested with your risk limit alone.',
    );
  }
  const cashFrom = cashKnownFrom(panel);
  if (cashFrom === null || cashFrom > startRow + 1) {
    const until = cashFrom === null ? '' : ' until there were prices of Treasury bills';
    remarks.push(`Cash is assumed to earn ${formatPercent(cashRate)} a year${until}.`);
  }
  if (youngest !== undefined) {
    remarks.push(`The test begins when ${youngest}, the youngest of what it needs, had a price.`);
  }
  if (!mixed) remarks.push('There is no 60/40 line, because the prices lack SPY or AGG.');
  for (const { name, summary } of lines) {
    if (summary.refusals === 0) continue;
    remarks.push(
      `${name}: at ${summary.refusals} of the decision days no mix met the limits; it then kept what it held.`,
    );
  }
  return remarks;
}

function line(name: string, result: BacktestResult, riskFree: Float64Array): BacktestLine {
  const { days, values } = result;
  return {
    name,
    summary: summarise(result, { seed: SEED, resamples: 500, riskFree }),
    days,
    values,
  };
}

function weightsOf(panel: PricePanel, weights: ReadonlyMap<string, number>): Float64Array {
  return Float64Array.from(panel.assets, (asset) => weights.get(asset) ?? 0);
}
