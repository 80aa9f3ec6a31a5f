import { describe, expect, it } from 'vitest';
import { backtest } from '../../engine/backtest/backtest.ts';
import type { BacktestResult } from '../../engine/backtest/result.ts';
import type { Strategy } from '../../engine/backtest/strategy.ts';
import { type PricePanel, past, pricePanel } from '../../engine/panel.ts';
import { randomSource } from '../../engine/random.ts';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { CASH } from '../catalogue.ts';
import { policies } from '../suitability/policy.ts';
import { noWishes } from '../wishes.ts';
import { type BacktestInput, backtestTask } from './backtest-task.ts';
import { cashReturnsOf } from './cash-rate.ts';
import { costsOf } from './costs.ts';
import { keelStrategy } from './keel-strategy.ts';
import { madeMarket } from './made-market.fixture.ts';

const current = [
  [CASH, 0.4],
  ['SPY', 0.6],
] as const;

function inputOf(panel: PricePanel): BacktestInput {
  return {
    panel,
    policy: policies.balanced,
    goal: { kind: 'max-return' },
    wishes: noWishes,
    current,
    cashRate: 0.02,
    initialValue: 10_000,
    simulated: false,
  };
}

/** The same past, and another future: every price after the row is replaced by a random one. */
function scrambled(panel: PricePanel, row: number): PricePanel {
  const random = randomSource(row);
  const prices = panel.prices.slice();
  for (let i = (row + 1) * panel.assets.length; i < prices.length; i++) {
    prices[i] *= Math.exp(random.normal());
  }
  return pricePanel(panel.assets, panel.days, prices);
}

/** As the product tests it, with a strategy of choice. */
function tested(panel: PricePanel, strategy: Strategy): BacktestResult {
  return backtest({
    panel,
    strategy,
    decisions: 'quarterly',
    costs: panel.assets.map(costsOf),
    initialValue: 10_000,
    minHistoryRows: 757,
    cashReturns: cashReturnsOf(panel, 0.02),
  });
}

const hex = (values: Float64Array) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');

/** Whether every decision through the row keeps its bits when all later prices are others. */
function ignoresTheFuture(panel: PricePanel, of: (panel: PricePanel) => Strategy): boolean {
  const whole = tested(panel, of(panel)).decisions;
  return [1, Math.floor(whole.length / 2), whole.length - 2].every((at) => {
    const { row } = whole[at];
    const other = scrambled(panel, row);
    const again = tested(other, of(other)).decisions.slice(0, at + 1);
    return again.every(
      (each, k) =>
        each.row === whole[k].row &&
        each.action === whole[k].action &&
        hex(each.weights) === hex(whole[k].weights),
    );
  });
}

/** Keel's method, handed the prices of one day that has not come yet. */
function dayAhead(panel: PricePanel): Strategy {
  const keel = keelStrategy(inputOf(panel));
  return {
    name: 'a day ahead',
    decide: (seen, held) =>
      keel.decide(past(panel, Math.min(seen.days.length + 1, panel.days.length)), held),
  };
}

function suite(panel: () => PricePanel): void {
  it('keep every bit when all later prices are others', () => {
    expect(ignoresTheFuture(panel(), (own) => keelStrategy(inputOf(own)))).toBe(true);
  });

  it('of one that is handed tomorrow do not, so the check can fail', () => {
    expect(ignoresTheFuture(panel(), dayAhead)).toBe(false);
  });

  it('are made on most days, so that there is something to keep', () => {
    const { decisions } = tested(panel(), keelStrategy(inputOf(panel())));
    expect(decisions.length).toBeGreaterThan(6);
    expect(decisions.every((each) => each.action === 'trade')).toBe(true);
  });

  it('leave every shown value before the change as it was, cash and costs included', () => {
    const whole = backtestTask(inputOf(panel()), () => undefined);
    const { days } = whole.lines[0];
    const from = panel().days.length - days.length;
    const known = Math.floor(days.length / 2);
    const other = backtestTask(inputOf(scrambled(panel(), from + known)), () => undefined);
    expect(other.lines.map((line) => line.name)).toEqual(['Keel', "Today's holdings", '60/40']);
    for (const [i, line] of other.lines.entries()) {
      expect(hex(line.values.slice(0, known + 1))).toBe(
        hex(whole.lines[i].values.slice(0, known + 1)),
      );
      expect(line.values.at(-1)).not.toBe(whole.lines[i].values.at(-1));
    }
  });
}

describe("the decisions of Keel's own method on a made market", () => {
  const panel = madeMarket(1_450);
  suite(() => panel);
});

describe.skipIf(!corePanelPresent)(
  "the decisions of Keel's own method on real prices (skipped without ../shared/market)",
  () => {
    const lately = (): PricePanel => {
      const core = corePanel(['SPY', 'EFA', 'AGG', 'GLD', 'BIL', 'BTC-USD']);
      const start = core.days.length - 1_450;
      return pricePanel(core.assets, core.days.slice(start), core.prices.slice(start * 6));
    };
    let panel: PricePanel | undefined;
    suite(() => {
      panel ??= lately();
      return panel;
    });
  },
);
