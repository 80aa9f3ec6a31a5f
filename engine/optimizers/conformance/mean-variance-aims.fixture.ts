import { type Aim, cost, gross, net, variance } from './aim.fixture.ts';

/** Methods that trade expected return against variance. */
export const meanVarianceAims = {
  'minimum-variance': { score: (p, w) => -variance(p, w) - (2 / p.riskAversion!) * cost(p, w) },
  'maximum-sharpe': {
    score: (p, w) => (net(p, w) - p.riskFree) / Math.sqrt(variance(p, w)),
    refusals: ['no-excess-return'],
  },
  'target-volatility': {
    score: net,
    allowed: (p, w) => variance(p, w) <= p.targetVolatility! ** 2,
  },
  'target-return': {
    score: (p, w) => -variance(p, w) - (2 / p.riskAversion!) * cost(p, w),
    allowed: (p, w) => gross(p, w) >= p.targetReturn!,
  },
  'mean-variance-utility': {
    score: (p, w) => net(p, w) - (p.riskAversion! / 2) * variance(p, w),
  },
  'minimum-tracking-error': {
    score: (p, w) =>
      -variance(
        p,
        w.map((v, i) => v - p.benchmark![i]),
      ) -
      (2 / p.riskAversion!) * cost(p, w),
  },
} as const satisfies Record<string, Aim>;
