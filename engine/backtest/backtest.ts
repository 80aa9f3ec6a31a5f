import { tradeRates } from '../costs/trade-rates.ts';
import { EngineError, type EngineErrorCode } from '../errors.ts';
import { type PricePanel, past } from '../panel.ts';
import { targetWeights } from '../rebalance/target-weights.ts';
import { portfolio } from './portfolio.ts';
import { type BacktestRequest, decisionRows } from './request.ts';
import type { BacktestResult, Decision } from './result.ts';
import type { Strategy } from './strategy.ts';

/**
 * Walks a strategy forward through history. At each decision row it is given the panel's prefix
 * through that row and today's weights, nothing else; its trades are made at the close
 * `executionLag` rows later (one by default), at fractional units, and every one of them pays
 * commission, half spread and slippage. Between trades holdings drift with prices and cash earns
 * `cashReturns`. Bankruptcy cannot happen: there are no shorts and no loans.
 *
 * A strategy that refuses (an EngineError about the mathematics of that day) keeps its holdings, and
 * the refusal stands in the result.
 *
 * @throws {EngineError} 'short-history' when there is no row to decide on; 'bad-input' when a
 *   setting or the strategy's weights make no sense
 * @source DeMiguel, Garlappi and Uppal (2009) for the walk-forward design
 */
export function backtest(request: BacktestRequest): BacktestResult {
  const { panel, strategy, executionLag = 1, cashReturns = 0 } = request;
  check(request);
  const rows = decisionRows(request);
  const first = rows[0];
  const count = panel.days.length - first;
  const n = panel.assets.length;
  const initial = targetWeights(request.initialWeights ?? new Float64Array(n), panel.assets);
  assertListed(panel, initial, first, 'Initial weights');
  const money = portfolio(
    panel,
    tradeRates(request.costs, n),
    first,
    request.initialValue,
    initial,
  );

  const values = new Float64Array(count);
  const decisions: Decision[] = [];
  let next = 0;
  // With a lag of one row and decisions on neighbouring rows, at most one decision is waiting.
  let waiting: number | null = null;
  const execute = (row: number, index: number): void => {
    const decision = decisions[index];
    decisions[index] = {
      ...decision,
      executedRow: row,
      ...money.trade(row, decision.weights),
    };
  };
  for (let i = 0; i < count; i++) {
    const row = first + i;
    if (i > 0) money.accrue(typeof cashReturns === 'number' ? cashReturns : cashReturns[row]);
    if (waiting !== null) execute(row, waiting);
    waiting = null;
    if (row === rows[next]) {
      next++;
      decisions.push(decide(strategy, panel, row, money.weights(row)));
      const index = decisions.length - 1;
      if (decisions[index].action === 'trade') {
        if (executionLag === 0) execute(row, index);
        else waiting = index;
      }
    }
    values[i] = money.value(row);
    request.onProgress?.(i + 1, count);
  }
  return {
    strategy: strategy.name,
    days: panel.days.slice(first),
    values,
    initialValue: request.initialValue,
    decisions,
    totalCost: decisions.reduce((sum, each) => sum + each.cost, 0),
    tradesCount: decisions.reduce((sum, each) => sum + each.trades, 0),
    refusals: decisions.filter((each) => each.action === 'refused').length,
  };
}

/** Codes that say "not on this day"; any other is a mistake in the request and ends the backtest. */
const refusable: ReadonlySet<EngineErrorCode> = new Set<EngineErrorCode>([
  'short-history',
  'not-psd',
  'zero-variance',
  'infeasible',
  'unbounded',
  'no-excess-return',
  'not-converged',
]);

function decide(
  strategy: Strategy,
  panel: PricePanel,
  row: number,
  current: Float64Array,
): Decision {
  const base = { row, day: panel.days[row], executedRow: null, turnover: 0, cost: 0, trades: 0 };
  // The strategy gets a copy: what it does to it must not change what "hold" means.
  const given = current.slice();
  try {
    const answer = strategy.decide(past(panel, row + 1), given);
    if (answer === given) return { ...base, weights: current, action: 'hold', refusal: null };
    const weights = targetWeights(answer, panel.assets);
    assertListed(panel, weights, row, strategy.name);
    return { ...base, weights, action: 'trade', refusal: null };
  } catch (error) {
    if (!(error instanceof EngineError) || !refusable.has(error.code)) throw error;
    const refusal = { code: error.code, message: error.message };
    return { ...base, weights: current, action: 'refused', refusal };
  }
}

function assertListed(panel: PricePanel, weights: Float64Array, row: number, who: string): void {
  for (let j = 0; j < weights.length; j++) {
    if (weights[j] > 0 && panel.firstRow[j] > row) {
      throw new EngineError(
        'bad-input',
        `${who} give weight to ${panel.assets[j]} on day ${panel.days[row]}, before it was listed.`,
        { asset: panel.assets[j], day: panel.days[row] },
      );
    }
  }
}

function check({ panel, initialValue, cashReturns }: BacktestRequest): void {
  if (!(initialValue > 0 && initialValue < Infinity)) {
    throw new EngineError('bad-input', `Initial value ${initialValue} must be positive.`, {
      initialValue,
    });
  }
  if (typeof cashReturns === 'object' && cashReturns.length !== panel.days.length) {
    throw new EngineError('bad-input', 'Give one cash return per row of the panel.', {
      got: cashReturns.length,
      rows: panel.days.length,
    });
  }
}
