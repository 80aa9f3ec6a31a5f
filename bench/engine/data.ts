import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { returnsWindow } from '../../engine/moments/returns-window.ts';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { funds } from './clients-moments.ts';
import { type Moments, momentsOf, rows, simulatedReturns } from './moments.ts';

/** One universe that every task of a size is measured on, here and at the peer. */
export interface BenchData extends Moments {
  readonly assets: readonly string[];
  /** Days. */
  readonly rows: number;
  /** rows x n simple daily returns, row-major. */
  readonly returns: Float64Array;
  readonly origin: string;
}

const stockFile = new URL(
  '../../../shared/market/stocks/kaggle_sp500_5yr_close.csv.gz',
  import.meta.url,
);

/** A bad print on 2016-05-19. */
const misprinted = 'LNT';

let stocks: { readonly names: readonly string[]; readonly prices: Float64Array } | null | undefined;

/** Real stocks where there are so many, simulated ones elsewhere. */
export function universe(n: number): BenchData {
  stocks ??= readStocks();
  if (stocks !== null && n <= stocks.names.length) {
    const { names, prices } = stocks;
    const returns = returnsOf(prices, names.length, n);
    const count = returns.length / n;
    return dataOf(names.slice(0, n), returns, `${count} days of real stocks, 2013 to 2018`);
  }
  const names = Array.from({ length: n }, (_, i) => `A${i}`);
  return dataOf(names, simulatedReturns(n, 4), `${rows} days of simulated stocks, seed 4`);
}

/** Twenty funds with enough days for a walk of five-year windows. */
export function fundUniverse(days: number): BenchData {
  const n = funds.length;
  if (!corePanelPresent) {
    const made = Array.from({ length: Math.ceil(days / rows) }, (_, i) => simulatedReturns(n, i));
    const returns = new Float64Array(made.flatMap((part) => [...part])).slice(-days * n);
    return dataOf(funds, returns, `${days} days of simulated funds`);
  }
  const window = returnsWindow(corePanel(funds), { lookback: days });
  return dataOf(funds, window.returns, `${window.rows} days of 20 real funds, to 2026`);
}

function dataOf(assets: readonly string[], returns: Float64Array, origin: string): BenchData {
  const n = assets.length;
  return { assets, rows: returns.length / n, returns, origin, ...momentsOf(returns, n) };
}

/** Returns of the first n columns of a matrix of prices. */
function returnsOf(prices: Float64Array, width: number, n: number): Float64Array {
  const days = prices.length / width;
  const returns = new Float64Array((days - 1) * n);
  for (let t = 1; t < days; t++)
    for (let i = 0; i < n; i++)
      returns[(t - 1) * n + i] = prices[t * width + i] / prices[(t - 1) * width + i] - 1;
  return returns;
}

/** Closes of the stocks that have one on every day; null without the file. */
function readStocks() {
  if (!existsSync(stockFile)) return null;
  const text = gunzipSync(readFileSync(stockFile)).toString('utf8').trim();
  const [head, ...lines] = text.split('\n').map((line) => line.trim().split(','));
  const columns = head.flatMap((name, j) =>
    j > 0 && name !== misprinted && lines.every((cells) => Number(cells[j]) > 0) ? [j] : [],
  );
  return {
    names: columns.map((j) => head[j]),
    prices: Float64Array.from(lines.flatMap((cells) => columns.map((j) => Number(cells[j])))),
  };
}
