import { backtest } from '../../engine/backtest/backtest.ts';
import type { Strategy } from '../../engine/backtest/strategy.ts';
import { annualCovariance } from '../../engine/moments/annual-covariance.ts';
import { columnMeans } from '../../engine/moments/observations.ts';
import { returnsWindow } from '../../engine/moments/returns-window.ts';
import { minimumVariance } from '../../engine/optimizers/minimum-variance.ts';
import { type PricePanel, pricePanel } from '../../engine/panel.ts';
import type { BenchData } from './data.ts';
import { momentsOf } from './moments.ts';
import { type Judge, least, type Verdict, varianceScore } from './verdict.ts';

const noCosts = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 };

/** Prices that have the returns given. */
export function priceData({ assets, returns, rows }: BenchData): PricePanel {
  const n = assets.length;
  const prices = new Float64Array((rows + 1) * n).fill(100);
  for (let t = 0; t < rows; t++)
    for (let i = 0; i < n; i++)
      prices[(t + 1) * n + i] = prices[t * n + i] * (1 + returns[t * n + i]);
  return pricePanel(
    assets,
    Int32Array.from({ length: rows + 1 }, (_, t) => t),
    prices,
  );
}

/** Minimum variance of the last days, whenever it is asked. */
function recentMinimumVariance(days: number): Strategy {
  return {
    name: 'minimum variance',
    decide(past) {
      const window = returnsWindow(past, { lookback: days });
      const n = window.assets.length;
      const { covariance } = annualCovariance(window, { method: 'sample' });
      return minimumVariance({
        assets: window.assets,
        expectedReturns: columnMeans(window.returns, n).map((mean) => 252 * mean),
        covariance,
        riskFree: 0,
        limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
      }).weights;
    },
  };
}

/**
 * The engine's whole backtest: decides on the last `train` days, holds for `test` days, and so on.
 *
 * @returns the weights of every decision, one after the other
 */
export function walkForward(panel: PricePanel, train: number, test: number): Float64Array {
  const decisions = decisionsIn(panel.days.length - 1, train, test);
  const { decisions: made } = backtest({
    panel,
    strategy: recentMinimumVariance(train),
    decisions,
    costs: noCosts,
    initialValue: 1,
    executionLag: 0,
  });
  return Float64Array.from(made.flatMap(({ weights }) => [...weights]));
}

/** Rows that have `train` returns behind them and `test` in front. */
function decisionsIn(returns: number, train: number, test: number): number[] {
  const count = Math.floor((returns - train) / test);
  return Array.from({ length: count }, (_, k) => train + k * test);
}

/** Every refit is judged on the days it saw; the worst one counts. */
export function leastInEachWindow(train: number, test: number): Judge {
  const judge = least('variance', varianceScore);
  return (data, here, peer) => {
    const n = data.assets.length;
    const starts = decisionsIn(data.rows, train, test);
    if (here.length !== starts.length * n || (peer !== null && peer.length !== here.length))
      return {
        text: `${here.length / n} refits here, ${(peer?.length ?? 0) / n} there`,
        fine: false,
      };
    const verdicts = starts.map((end, k): Verdict => {
      const returns = data.returns.subarray((end - train) * n, end * n);
      const window = { ...data, returns, rows: train, ...momentsOf(returns, n) };
      const part = (all: Float64Array) => all.subarray(k * n, k * n + n);
      return judge(window, part(here), peer === null ? null : part(peer));
    });
    const size = ({ excess = 0 }: Verdict) => Math.abs(excess);
    const extreme = verdicts.toSorted((a, b) => size(b) - size(a))[0];
    const fine = verdicts.every((each) => each.fine);
    return { ...extreme, fine, text: `${starts.length} refits; at most ${extreme.text}` };
  };
}
