import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../errors.ts';
import type { Scenarios } from '../optimizers/problem.ts';
import { randomSource } from '../random.ts';
import { blackLitterman } from './black-litterman.ts';
import { entropyPooling } from './entropy-pooling.ts';
import { type MarketView, poolMarketViews } from './market-views.ts';
import { opinionPooling } from './opinion-pooling.ts';

const count = 500;
const n = 3;
const random = randomSource(3);
const returns = Float64Array.from({ length: count * n }, () => 0.005 + 0.04 * random.normal());
const scenarios: Scenarios = { returns, count, periodsPerYear: 12 };
const even = new Float64Array(count).fill(1 / count);

/** Mean loss of the worst, by its definition as a minimum over the value at risk. */
function tailLoss(asset: number, probabilities: Float64Array, level: number): number {
  let least = Infinity;
  for (let s = 0; s < count; s++) {
    const eta = -returns[s * n + asset];
    let excess = 0;
    for (let t = 0; t < count; t++)
      excess += probabilities[t] * Math.max(0, -returns[t * n + asset] - eta);
    least = Math.min(least, eta + excess / (1 - level));
  }
  return least;
}

const tail = (asset: number, value: number, level = 0.95) =>
  ({ kind: 'conditional-value-at-risk', name: `tail ${asset}`, asset, value, level }) as const;

describe('views on tails', () => {
  it.each<[string, readonly MarketView[]]>([
    ['so mild that the value at risk is a gain', [tail(0, 0.001)]],
    ['at two levels of one asset', [tail(0, 0.09), tail(0, 0.08, 0.9)]],
    [
      'beside a correlation',
      [
        tail(0, 0.09),
        { kind: 'correlation', name: 'together', assets: [0, 1], side: 'equal', value: 0.5 },
      ],
    ],
    [
      'beside a variance of the same asset',
      [tail(0, 0.09), { kind: 'variance', name: 'wild', asset: 0, side: 'equal', value: 0.002 }],
    ],
  ])('hold %s', (_, views) => {
    const { probabilities } = poolMarketViews(scenarios, views);
    for (const view of views) {
      if (view.kind !== 'conditional-value-at-risk') continue;
      expect(tailLoss(view.asset, probabilities, view.level)).toBeCloseTo(view.value, 9);
    }
  });

  it('hold where losses are rarer than the tail is long', () => {
    const rare = Float64Array.from({ length: 1000 }, (_, t) => (t % 50 === 0 ? -0.1 : 0.01));
    const { probabilities } = poolMarketViews({ returns: rare, count: 1000, periodsPerYear: 12 }, [
      tail(0, 0.001),
    ]);
    let chance = 0;
    rare.forEach((r, t) => {
      if (r < 0) chance += probabilities[t];
    });
    expect((0.1 * chance - 0.01 * (0.05 - chance)) / 0.05).toBeCloseTo(0.001, 9);
  });

  it('refuse a value at risk that no scenario reaches, and come to an end', () => {
    const view = { kind: 'value-at-risk', name: 'crash', asset: 0, side: 'equal' } as const;
    expect(() => poolMarketViews(scenarios, [{ ...view, value: 0.9, level: 0.95 }])).toThrow(
      Infeasible,
    );
    expect(() => poolMarketViews(scenarios, [{ ...view, value: -0.9, level: 0.95 }])).toThrow(
      Infeasible,
    );
  });
});

describe('views that contradict each other', () => {
  it('are named without those that have no part in it', () => {
    const of = (name: string, asset: number, value: number) => ({
      name,
      side: 'equal' as const,
      value,
      numbers: Float64Array.from({ length: count }, (_, t) => returns[t * n + asset]),
    });
    try {
      entropyPooling(even, [of('one', 0, 0.01), of('aside', 1, 0.006), of('other', 0, 0.02)]);
      expect.unreachable();
    } catch (error) {
      expect((error as Infeasible).conflicts.map(({ limit }) => limit)).toEqual(['one', 'other']);
    }
  });
});

describe('numbers that are none', () => {
  const covariance = Float64Array.of(0.04, 0.01, 0.01, 0.02);
  const prior = Float64Array.of(0.05, 0.03);
  const view = { coefficients: Float64Array.of(1, 0), value: 0.1, variance: 0.01 };
  const code = (solve: () => unknown) => {
    try {
      solve();
    } catch (error) {
      if (error instanceof EngineError) return `${error.code}: ${error.message}`;
    }
    return 'not refused';
  };

  it('reach no posterior', () => {
    const given = (part: Partial<Parameters<typeof blackLitterman>[0]>) =>
      code(() => blackLitterman({ prior, covariance, tau: 0.05, ...part }, [view]));
    expect(given({ prior: Float64Array.of(Number.NaN, 0.03) })).toMatch(
      /bad-input: .*asset 1 is NaN/,
    );
    expect(given({ covariance: Float64Array.of(1, 2, 2, 1) })).toMatch(/not-psd/);
    expect(given({ covariance: Float64Array.of(1, 0.2, 0.5, 1) })).toMatch(/mirror/);
    const wrong = { ...view, coefficients: Float64Array.of(Number.NaN, 0) };
    expect(code(() => blackLitterman({ prior, covariance, tau: 0.05 }, [wrong]))).toMatch(/view 1/);
  });

  it('reach no pool of opinions, nor do weights that are no probabilities', () => {
    const half = Float64Array.of(0.5, 0.5);
    for (const odd of [Float64Array.of(Infinity, 0), Float64Array.of(5, 1)]) {
      const pool = () => opinionPooling(half, [{ probabilities: odd, share: 0.5 }], 'linear');
      expect(code(pool)).toMatch(/bad-input: .*sum to (Infinity|6)/);
    }
  });
});
