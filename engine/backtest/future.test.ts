import { describe, expect, it } from 'vitest';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { type PricePanel, pricePanel } from '../panel.ts';
import { randomSource } from '../random.ts';
import { backtest } from './backtest.ts';
import type { MomentSettings } from './moments-estimate.ts';
import type { OptimizedSettings } from './optimized-strategy.ts';
import { momentMethods, type StrategySpec, strategyOf } from './strategies.ts';
import type { Strategy } from './strategy.ts';

const costs = { commissionBps: 5, halfSpreadBps: 2, slippageBps: 3 };

/** The same past, and another future: every price after the row is replaced by a random one. */
function scrambleFuture(panel: PricePanel, row: number, seed: number): PricePanel {
  const random = randomSource(seed);
  const prices = panel.prices.slice();
  for (let i = (row + 1) * panel.assets.length; i < prices.length; i++) {
    if (!Number.isNaN(prices[i])) prices[i] *= Math.exp(random.normal());
  }
  return pricePanel(panel.assets, panel.days, prices);
}

/** A made market with an asset that is listed late. */
function madePanel(rows: number): PricePanel {
  const random = randomSource(8);
  const assets = ['SPY', 'AGG', 'LATE'];
  const prices = new Float64Array(rows * 3);
  const last = [100, 50, 20];
  for (let t = 0; t < rows; t++) {
    const market = random.normal();
    const moves = [
      0.01 * market,
      0.002 * random.normal() - 0.0005 * market,
      0.02 * random.normal(),
    ];
    for (let j = 0; j < 3; j++) {
      last[j] *= Math.exp(moves[j] + 0.0003);
      prices[t * 3 + j] = j === 2 && t < rows / 2 ? Number.NaN : last[j];
    }
  }
  return pricePanel(
    assets,
    Int32Array.from({ length: rows }, (_, i) => 18_000 + i + 2 * Math.floor(i / 5)),
    prices,
  );
}

/** Bits of the weights decided at or before a row. */
function decided(panel: PricePanel, strategy: Strategy, row: number): string[] {
  const { decisions } = backtest({
    panel,
    strategy,
    decisions: 'monthly',
    costs,
    initialValue: 10_000,
    minHistoryRows: 60,
  });
  return decisions
    .filter((each) => each.row <= row)
    .map((each) => `${each.action} ${Buffer.from(each.weights.buffer).toString('hex')}`);
}

function ignoresTheFuture(panel: PricePanel, of: (panel: PricePanel) => Strategy): boolean {
  const rows = backtest({
    panel,
    strategy: of(panel),
    decisions: 'monthly',
    costs,
    initialValue: 10_000,
    minHistoryRows: 60,
  }).decisions.map((each) => each.row);
  return [0, Math.floor(rows.length / 2), rows.length - 2].every((i, seed) => {
    const scrambled = scrambleFuture(panel, rows[i], seed + 1);
    const before = decided(panel, of(panel), rows[i]);
    const after = decided(scrambled, of(scrambled), rows[i]);
    return before.length === i + 1 && before.every((bits, k) => bits === after[k]);
  });
}

/** Looks at tomorrow, which it was handed on purpose. */
function clairvoyant(panel: PricePanel): Strategy {
  const n = panel.assets.length;
  return {
    name: 'clairvoyant',
    decide(past) {
      const today = past.days.length - 1;
      const tomorrow = Math.min(today + 1, panel.days.length - 1);
      const weights = new Float64Array(n);
      let best = 0;
      for (let j = 1; j < n; j++) {
        if (panel.firstRow[j] > today) continue;
        const gain = (k: number) => panel.prices[tomorrow * n + k] / panel.prices[today * n + k];
        if (gain(j) > gain(best)) best = j;
      }
      // Sized by tomorrow's gain, so that any other tomorrow gives other bits.
      weights[best] = Math.min(
        1,
        panel.prices[tomorrow * n + best] / panel.prices[today * n + best] / 100,
      );
      return weights;
    },
  };
}

/** Real prices, from a year before bitcoin is listed. */
function lateYears(): PricePanel {
  const core = corePanel(['SPY', 'AGG', 'BTC-USD']);
  const start = core.firstRow[2] - 250;
  return pricePanel(
    core.assets,
    core.days.slice(start, start + 700),
    core.prices.slice(start * 3, (start + 700) * 3),
  );
}

const n = 3;

const settings: OptimizedSettings = {
  windowRows: 250,
  leastRows: 60,
  riskFree: 0.01,
  limits: {
    lower: new Float64Array(n + 1),
    upper: Float64Array.of(0.8, 0.8, 0.3, 0.1),
    linear: [],
  },
  tradingCosts: Float64Array.of(0.001, 0.001, 0.001, 0),
  targetReturn: 0.02,
  targetVolatility: 0.1,
  riskAversion: 4,
};

const plain: MomentSettings = {
  covariance: { method: 'ledoit-wolf-constant-correlation' },
  expectedReturns: { momentum: 0, meanReversion: 0 },
};

const withSignals: MomentSettings = {
  covariance: { method: 'exponential', halfLife: 63 },
  expectedReturns: { momentum: 0.1, meanReversion: 0.05 },
};

/** At least one of every kind, and every optimizer that moments are enough for. */
const examples: { [K in StrategySpec['kind']]: readonly Extract<StrategySpec, { kind: K }>[] } = {
  hold: [{ kind: 'hold' }],
  'equal-weight': [{ kind: 'equal-weight' }],
  'buy-and-hold': [
    { kind: 'buy-and-hold', name: 'buy and hold', weights: Float64Array.of(0.7, 0.2, 0) },
  ],
  'fixed-mix': [{ kind: 'fixed-mix', name: '60/40', weights: Float64Array.of(0.6, 0.4, 0) }],
  optimized: momentMethods.flatMap((method) => [
    { kind: 'optimized', name: method, method, moments: plain, settings },
    {
      kind: 'optimized',
      name: `${method} with signals`,
      method,
      moments: withSignals,
      settings: { ...settings, windowRows: 300, leastRows: 260 },
    },
  ]),
};

function suite(panel: () => PricePanel): void {
  it.each(
    Object.values(examples)
      .flat()
      .map((spec) => ['name' in spec ? spec.name : spec.kind, spec] as const),
  )('of %s keep every bit when the future is another', (_, spec) => {
    expect(ignoresTheFuture(panel(), () => strategyOf(spec))).toBe(true);
  });

  it('of every optimizer trade at most dates, so that there is something to keep', () => {
    for (const spec of examples.optimized) {
      const { decisions } = backtest({
        panel: panel(),
        strategy: strategyOf(spec),
        decisions: 'monthly',
        costs,
        initialValue: 10_000,
        minHistoryRows: 60,
      });
      const traded = decisions.filter((each) => each.action === 'trade').length;
      // Signals need more than a year, so the first year of those is refused.
      const least = spec.moments === plain ? 0.5 : 0.2;
      expect(traded / decisions.length, spec.name).toBeGreaterThan(least);
    }
  });

  it('of a strategy that was handed tomorrow do not, so the check can fail', () => {
    expect(ignoresTheFuture(panel(), clairvoyant)).toBe(false);
  });
}

describe('decisions on a made market', () => {
  const panel = madePanel(400);
  suite(() => panel);
});

describe.skipIf(!corePanelPresent)(
  'decisions on real prices (skipped without ../shared/market)',
  () => suite(lateYears),
);
