import { explainDrivers } from '../../bot/explain/drivers.ts';
import type { Statement } from '../../bot/explain/statement.ts';
import type { Driver } from '../../engine/drivers/driver.ts';

const limit = (
  name: string,
  kind: 'at-most' | 'at-least' | 'target-volatility' | 'target-return',
  bound: number,
  returnPerPoint: number | null,
): Driver => ({
  kind: 'binding-limit',
  binding: { limit: name, kind, bound, shadowPrice: 0.04, shadowUnit: 'return' },
  returnPerPoint,
});

const drivers: Readonly<Record<string, readonly Driver[]>> = {
  spy: [{ kind: 'risk-share', asset: 'SPY', weight: 0.35, share: 0.612 }],
  bitcoin: [{ kind: 'risk-share', asset: 'BTC-USD', weight: 0.021, share: 0.094 }],
  gold: [{ kind: 'risk-share', asset: 'GLD', weight: 0.12, share: 0.041 }],
  spread: [
    { kind: 'diversification', ratio: 1.6, averageVolatility: 0.148, portfolioVolatility: 0.092 },
  ],
  held: [{ kind: 'held-back-by-cost', asset: 'TLT', weight: 0.08, oneWayCost: 0.0012 }],
  budget: [limit('target volatility', 'target-volatility', 0.1, 0.0021)],
  earning: [limit('target return', 'target-return', 0.052, null)],
  ceiling: [limit('crypto', 'at-most', 0.05, 0.0004)],
  floor: [limit('cash', 'at-least', 0.03, 0.0005)],
  cap: [limit('stocks', 'at-most', 0.6, null)],
  profile: [
    {
      kind: 'change',
      subject: 'bonds',
      from: 0.4,
      to: 0.46,
      causes: [
        { cause: 'policy', contribution: 0.048 },
        { cause: 'volatility', contribution: 0.012 },
      ],
    },
  ],
  calmer: [
    {
      kind: 'change',
      subject: 'stocks',
      from: 0.52,
      to: 0.451,
      causes: [{ cause: 'volatility', contribution: -0.069 }],
    },
    { kind: 'market-move', what: 'volatility', subject: 'stocks', from: 0.15, to: 0.195 },
  ],
  fading: [
    { kind: 'market-move', what: 'expected-return', subject: 'GLD', from: 0.041, to: 0.032 },
  ],
  both: [
    { kind: 'risk-share', asset: 'SPY', weight: 0.35, share: 0.612 },
    { kind: 'risk-share', asset: 'AGG', weight: 0.33, share: 0.057 },
  ],
};

/** What the model is asked to reword in tests, by name. */
export const scenarios: Readonly<Record<string, readonly Statement[]>> = Object.fromEntries(
  Object.entries(drivers).map(([name, list]) => [name, explainDrivers(list)]),
);
