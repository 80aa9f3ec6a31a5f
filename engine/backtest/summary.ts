import { EngineError } from '../errors.ts';
import { annualVolatility } from '../measures/annual-volatility.ts';
import { bootstrapAnnualReturn } from '../measures/bootstrap-interval.ts';
import type { Interval } from '../measures/interval.ts';
import { type Drawdown, maxDrawdown } from '../measures/max-drawdown.ts';
import { standardDeviation } from '../measures/mean.ts';
import { simpleReturns } from '../measures/returns.ts';
import { sharpeInterval } from '../measures/sharpe-interval.ts';
import type { BacktestResult } from './result.ts';

/** The figures of a backtest, net of costs; each that is an estimate comes with its uncertainty. */
export interface BacktestSummary {
  readonly strategy: string;
  /** UTC day numbers. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly years: number;
  readonly totalReturn: number;
  /** Geometric, per calendar year, with a bootstrap interval. */
  readonly annualReturn: Interval;
  readonly annualVolatility: number;
  /** Per year above cash; null when the value did not move but for interest. */
  readonly sharpe: Interval | null;
  /** Rows index the result's days. */
  readonly drawdown: Drawdown;
  readonly annualTurnover: number;
  /** Money. */
  readonly totalCost: number;
  /** Cost per year as a fraction of the average value. */
  readonly annualCostRate: number;
  readonly trades: number;
  readonly refusals: number;
}

/** Deviation per row below which there is only rounding to divide by. */
const STILL = 1e-10;

export interface SummarySettings {
  /** Return of cash, for the Sharpe ratio: one number for all rows, or one for each after the first. */
  readonly riskFree?: number | Float64Array;
  /** Of the bootstrap. */
  readonly seed: number;
  /** Of the bootstrap; 1,000 without it. */
  readonly resamples?: number;
  /** Of the intervals; .9 without it. */
  readonly level?: number;
}

/**
 * Measures of a backtest. A year is 365.25 days, and rows per year follow from the days themselves,
 * so that trading days and calendar days are both right.
 *
 * @throws {EngineError} 'short-history' below three days; 'bad-input' when there is not one return of
 *   cash per row
 */
export function summarise(result: BacktestResult, settings: SummarySettings): BacktestSummary {
  const { riskFree = 0, seed, resamples = 1_000, level = 0.9 } = settings;
  const { values, days } = result;
  if (values.length < 3) {
    throw new EngineError('short-history', 'A backtest needs at least three days to be measured.', {
      days: values.length,
    });
  }
  // The first value already bears that day's costs; measured from the money put in, none is lost.
  const path = Float64Array.from(values);
  path[0] = result.initialValue;
  const returns = simpleReturns(path);
  const years = (days[days.length - 1] - days[0]) / 365.25;
  const perYear = returns.length / years;
  const volatility = annualVolatility(returns, perYear);
  const excess = aboveCash(returns, riskFree);
  const bootstrap = { seed, resamples, meanBlock: 20, level };
  const average = path.reduce((sum, value) => sum + value, 0) / path.length;
  const traded = result.decisions.reduce((sum, each) => sum + each.turnover, 0);
  return {
    strategy: result.strategy,
    fromDay: days[0],
    toDay: days[days.length - 1],
    years,
    totalReturn: path[path.length - 1] / path[0] - 1,
    annualReturn: bootstrapAnnualReturn(returns, perYear, bootstrap),
    annualVolatility: volatility,
    sharpe: standardDeviation(excess) > STILL ? sharpeInterval(excess, perYear, 0, level) : null,
    drawdown: maxDrawdown(path),
    annualTurnover: traded / years,
    totalCost: result.totalCost,
    annualCostRate: result.totalCost / average / years,
    trades: result.tradesCount,
    refusals: result.refusals,
  };
}

/** Returns above what cash earned on the same rows. */
function aboveCash(returns: Float64Array, cash: number | Float64Array): Float64Array {
  if (typeof cash === 'number') return returns.map((value) => value - cash);
  if (cash.length !== returns.length) {
    throw new EngineError('bad-input', `Give ${returns.length} returns of cash, one per row.`, {
      got: cash.length,
      rows: returns.length,
    });
  }
  return returns.map((value, t) => value - cash[t]);
}
