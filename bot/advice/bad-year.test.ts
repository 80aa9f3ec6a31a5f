import { expect, it } from 'vitest';
import { type PricePanel, pricePanel } from '../../engine/panel.ts';
import { normalTail } from '../../engine/stress/normal-tail.ts';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { CASH, catalogue } from '../catalogue.ts';
import { policies } from '../suitability/policy.ts';
import { scoreTable } from '../suitability/score-table.ts';
import { noWishes } from '../wishes.ts';
import { advise } from './advise.ts';
import { madeMarket } from './made-market.fixture.ts';
import { lastRows, WINDOW_ROWS } from './panel-window.ts';

const advised = (window: PricePanel, profile: keyof typeof policies) =>
  advise(
    {
      panelHash: '',
      today: window.days[window.days.length - 1],
      policy: policies[profile],
      goal: { kind: 'max-return' },
      totalMinor: 1_000_000,
      current: [[CASH, 1]],
      cashRate: 0.02,
      simulated: false,
      previous: null,
      wishes: noWishes,
    },
    window,
    null,
  ).result;

it.skipIf(!corePanelPresent)(
  'a bad year stays within the named loss on real prices (skipped without ../shared/market)',
  () => {
    const core = corePanel(catalogue.map((each) => each.symbol));
    for (const years of [0, 2]) {
      const rows = core.days.length - 252 * years;
      const seen = pricePanel(
        core.assets,
        core.days.slice(0, rows),
        core.prices.slice(0, rows * core.assets.length),
      );
      const window = lastRows(seen, WINDOW_ROWS);
      for (const [percent, profile] of Object.entries(scoreTable.loss.ceilings ?? {})) {
        const { loss, windows } = advised(window, profile).badYear;
        expect(windows).toBeGreaterThan(0);
        expect(loss, `${profile}, ${years} years ago`).toBeLessThanOrEqual(Number(percent) / 100);
      }
    }
  },
);

it('a bad year is no better than a normal one, however kind the past was', () => {
  for (const seed of [1, 2, 3]) {
    const { badYear, allocation } = advised(madeMarket(1_600, seed), 'balanced');
    const normal = normalTail(allocation.expectedReturn, allocation.volatility);
    expect(badYear.windows).toBe(1_600 - 252);
    expect(badYear.loss).toBeGreaterThanOrEqual(normal.conditionalValueAtRisk - 1e-12);
  }
});
