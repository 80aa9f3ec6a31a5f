import { EngineError } from '../errors.ts';
import type { LinearLimit, Optimizer, Problem } from '../optimizers/problem.ts';
import type { PricePanel } from '../panel.ts';
import { recentWindow } from './recent-window.ts';
import type { Strategy } from './strategy.ts';

/** How a strategy turns the past into weights. Plain data: a worker can be sent it. */
export interface OptimizedSettings {
  /** Rows of history that the moments come from; the latest are used. */
  readonly windowRows: number;
  /** An asset listed for fewer rows is not considered yet. */
  readonly leastRows: number;
  /** Per year. */
  readonly riskFree: number;
  /** Named limits over the panel's assets and, last, cash: n + 1 numbers each. */
  readonly limits: Problem['limits'];
  /** n + 1 one-way costs that trades are weighed against; trading is planned as free without it. */
  readonly tradingCosts?: Float64Array;
  readonly targetReturn?: number;
  readonly targetVolatility?: number;
  readonly riskAversion?: number;
}

/** What an optimizer must know of the future, guessed from the past alone. */
export type Estimate = (window: PricePanel) => {
  /** k per year, arithmetic. */
  readonly expectedReturns: Float64Array;
  /** k x k per year. */
  readonly covariance: Float64Array;
};

/** Cash in the problem of a strategy; no asset of a panel may be called so. */
const CASH = 'CASH';

/**
 * Re-optimises at every decision on moments of the past window only. Assets without enough history
 * stay out, and lower bounds on them wait with them; cash stands beside the assets with no variance
 * and the risk-free return. When the optimizer refuses, so does the strategy: the backtest then
 * holds and records it.
 *
 * @throws {EngineError} 'bad-input' when limits or costs do not cover the panel's assets and cash
 */
export function optimizedStrategy(
  name: string,
  optimizer: Optimizer,
  estimate: Estimate,
  settings: OptimizedSettings,
): Strategy {
  return {
    name,
    decide(past, current) {
      const n = past.assets.length;
      assertSizes(settings, n);
      const { windowRows, leastRows, limits } = settings;
      const window = recentWindow(
        past,
        windowRows,
        leastRows,
        (j) => limits.upper[j] > 0 || current[j] > 0,
      );
      const problem = problemOf(
        window.columns,
        estimate(window.panel),
        window.panel,
        current,
        settings,
      );
      const { weights } = optimizer(problem);
      const target = new Float64Array(n);
      for (const [k, column] of window.columns.entries()) target[column] = weights[k];
      return target;
    },
  };
}

function problemOf(
  columns: readonly number[],
  moments: ReturnType<Estimate>,
  window: PricePanel,
  current: Float64Array,
  settings: OptimizedSettings,
): Problem {
  const k = columns.length;
  const cash = current.length;
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from([...columns, cash], (column) => values[column]);
  const expectedReturns = new Float64Array(k + 1);
  expectedReturns.set(moments.expectedReturns);
  expectedReturns[k] = settings.riskFree;
  const covariance = new Float64Array((k + 1) ** 2);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) covariance[i * (k + 1) + j] = moments.covariance[i * k + j];
  }
  // Cash is what the assets leave, and what is held of an asset not considered will be sold for it.
  const held = new Float64Array(k + 1);
  held[k] = 1;
  for (const [i, column] of columns.entries()) {
    held[i] = current[column];
    held[k] -= current[column];
  }
  held[k] = Math.max(0, held[k]);
  const { limits, tradingCosts, riskFree, targetReturn, targetVolatility, riskAversion } = settings;
  return {
    assets: [...window.assets, CASH],
    expectedReturns,
    covariance,
    riskFree,
    limits: {
      lower: pick(limits.lower),
      upper: pick(limits.upper),
      linear: limits.linear.map(
        (limit): LinearLimit => ({ ...limit, coefficients: pick(limit.coefficients) }),
      ),
    },
    ...(tradingCosts === undefined ? {} : { current: held, tradingCosts: pick(tradingCosts) }),
    ...(targetReturn === undefined ? {} : { targetReturn }),
    ...(targetVolatility === undefined ? {} : { targetVolatility }),
    ...(riskAversion === undefined ? {} : { riskAversion }),
  };
}

function assertSizes({ limits, tradingCosts }: OptimizedSettings, n: number): void {
  const rows = [limits.lower, limits.upper, ...limits.linear.map((limit) => limit.coefficients)];
  if (tradingCosts !== undefined) rows.push(tradingCosts);
  const wrong = rows.find((row) => row.length !== n + 1);
  if (wrong !== undefined) {
    throw new EngineError(
      'bad-input',
      `Give ${n + 1} limits and costs: the ${n} assets and cash.`,
      {
        expected: n + 1,
        got: wrong.length,
      },
    );
  }
}
