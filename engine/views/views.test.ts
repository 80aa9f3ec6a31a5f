import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../errors.ts';
import { dot } from '../linalg/multiply.ts';
import type { Scenarios } from '../optimizers/problem.ts';
import { randomSource } from '../random.ts';
import { blackLitterman, idzorekViewVariance } from './black-litterman.ts';
import { entropyPooling, relativeEntropy, type ScenarioView } from './entropy-pooling.ts';
import { poolMarketViews } from './market-views.ts';
import { opinionPooling } from './opinion-pooling.ts';

const seeds = fc.integer({ min: 1, max: 1e6 });

function market(seed: number, n = 4) {
  const random = randomSource(seed);
  const loadings = Array.from({ length: n * 2 }, () => random.normal() * 0.1);
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const shared = loadings[2 * i] * loadings[2 * j] + loadings[2 * i + 1] * loadings[2 * j + 1];
    return shared + (i === j ? 0.01 + 0.002 * i : 0);
  });
  const prior = Float64Array.from({ length: n }, () => 0.02 + random.uniform() * 0.08);
  return { random, n, covariance, prior };
}

describe('Black-Litterman', () => {
  it('keeps the prior for a view without weight and meets an exact one', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { n, covariance, prior } = market(seed);
        const coefficients = Float64Array.from({ length: n }, (_, i) => [1, -1, 0, 0][i]);
        const settings = { prior, covariance, tau: 0.05 };
        const vague = blackLitterman(settings, [{ coefficients, value: 0.05, variance: 1e12 }]);
        vague.expectedReturns.forEach((mu, i) => {
          expect(mu).toBeCloseTo(prior[i], 10);
        });
        const exact = blackLitterman(settings, [{ coefficients, value: 0.05, variance: 0 }]);
        expect(dot(coefficients, exact.expectedReturns)).toBeCloseTo(0.05, 10);
      }),
      { numRuns: 50 },
    );
  });

  it('moves a mean by the share of the way that the confidence says', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.01, max: 1, noNaN: true }), (seed, confidence) => {
        const { n, covariance, prior } = market(seed);
        const coefficients = Float64Array.from({ length: n }, (_, i) => (i === 2 ? 1 : 0));
        const settings = { prior, covariance, tau: 0.05 };
        const variance = idzorekViewVariance(coefficients, settings, confidence);
        const { expectedReturns } = blackLitterman(settings, [
          { coefficients, value: 0.12, variance },
        ]);
        expect(expectedReturns[2]).toBeCloseTo(prior[2] + confidence * (0.12 - prior[2]), 10);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses exact views that repeat each other, and a confidence of nothing', () => {
    const { n, covariance, prior } = market(5);
    const coefficients = Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0));
    const view = { coefficients, value: 0.05, variance: 0 };
    const settings = { prior, covariance, tau: 0.05 };
    expect(() => blackLitterman(settings, [view, view])).toThrow(EngineError);
    expect(() => idzorekViewVariance(coefficients, settings, 0)).toThrow(EngineError);
  });
});

describe('entropy pooling', () => {
  it('meets every view and is nearer to the prior than any other way to meet them', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = randomSource(seed);
        const count = 12 + random.integer(60);
        const prior = Float64Array.from({ length: count }, () => 0.2 + random.uniform());
        const total = prior.reduce((sum, p) => sum + p, 0);
        // Values that some probabilities do meet.
        const witness = prior.map(() => random.uniform());
        const whole = witness.reduce((sum, w) => sum + w, 0);
        const sides = ['equal', 'at-most', 'at-least'] as const;
        const views = Array.from({ length: 1 + random.integer(4) }, (_, v): ScenarioView => {
          const numbers = Float64Array.from({ length: count }, () => random.normal());
          const side = sides[random.integer(3)];
          return { name: `view ${v}`, numbers, side, value: dot(numbers, witness) / whole };
        });
        const { probabilities, relativeEntropy: distance } = entropyPooling(prior, views);
        expect(probabilities.reduce((sum, q) => sum + q, 0)).toBeCloseTo(1, 12);
        for (const { numbers, side, value } of views) {
          const mean = dot(numbers, probabilities);
          if (side !== 'at-least') expect(mean).toBeLessThan(value + 1e-8);
          if (side !== 'at-most') expect(mean).toBeGreaterThan(value - 1e-8);
        }
        const p = prior.map((value) => value / total);
        for (const share of [0.01, 0.3, 1]) {
          const other = probabilities.map((q, t) => (1 - share) * q + (share * witness[t]) / whole);
          expect(relativeEntropy(other, p)).toBeGreaterThan(distance - 1e-10);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the prior where the views already hold', () => {
    const numbers = Float64Array.of(1, 2, 3, 4);
    const prior = Float64Array.of(0.1, 0.2, 0.3, 0.4);
    const pooled = entropyPooling(prior, [{ name: 'v', numbers, side: 'at-most', value: 3.5 }]);
    expect([...pooled.probabilities]).toEqual([...prior]);
    expect(pooled.relativeEntropy).toBe(0);
  });

  it('proves that views cannot hold together and names those to blame', () => {
    const random = randomSource(3);
    const numbers = Float64Array.from({ length: 40 }, () => random.normal());
    const others = Float64Array.from({ length: 40 }, () => random.normal());
    const prior = new Float64Array(40).fill(1 / 40);
    const views = [
      { name: 'up', numbers, side: 'at-least' as const, value: 0.5 },
      { name: 'down', numbers, side: 'at-most' as const, value: -0.5 },
      { name: 'idle', numbers: others, side: 'at-most' as const, value: 5 },
    ];
    expect(() => entropyPooling(prior, views)).toThrow(Infeasible);
    try {
      entropyPooling(prior, views);
    } catch (error) {
      const { conflicts } = error as Infeasible;
      expect(conflicts.map(({ limit }) => limit)).toEqual(['up', 'down']);
    }
  });
});

function scenariosOf(seed: number): Scenarios {
  const random = randomSource(seed);
  const count = 400;
  const returns = new Float64Array(count * 3);
  for (let t = 0; t < count; t++) {
    const shared = random.normal();
    for (let i = 0; i < 3; i++)
      returns[t * 3 + i] = 0.0005 + 0.01 * (0.6 * shared + 0.8 * random.normal());
  }
  return { returns, count, periodsPerYear: 252 };
}

describe('views on a market of scenarios', () => {
  const scenarios = scenariosOf(8);
  const column = (i: number) =>
    Float64Array.from({ length: scenarios.count }, (_, t) => scenarios.returns[t * 3 + i]);
  const mean = (x: Float64Array, q: Float64Array) => dot(x, q);
  const covariance = (x: Float64Array, y: Float64Array, q: Float64Array) =>
    dot(
      x.map((v, t) => (v - mean(x, q)) * (y[t] - mean(y, q))),
      q,
    );

  it('hold together: a mean, a variance, a correlation and a tail', () => {
    const { probabilities: q } = poolMarketViews(scenarios, [
      {
        ...{ kind: 'mean', name: 'm', side: 'at-least', value: 0.001 },
        coefficients: Float64Array.of(1, -1, 0),
      },
      { kind: 'variance', name: 'v', asset: 1, side: 'equal', value: 0.000_15 },
      { kind: 'correlation', name: 'c', assets: [0, 1], side: 'equal', value: 0.7 },
      { kind: 'value-at-risk', name: 'r', asset: 2, side: 'at-least', value: 0.018, level: 0.95 },
    ]);
    const [a, b, c] = [column(0), column(1), column(2)];
    expect(mean(a, q) - mean(b, q)).toBeGreaterThan(0.001 - 1e-10);
    expect(covariance(b, b, q)).toBeCloseTo(0.000_15, 9);
    const correlation = covariance(a, b, q) / Math.sqrt(covariance(a, a, q) * covariance(b, b, q));
    expect(correlation).toBeCloseTo(0.7, 6);
    expect(
      dot(
        Float64Array.from(c, (r) => (r <= -0.018 ? 1 : 0)),
        q,
      ),
    ).toBeGreaterThan(0.05 - 1e-8);
  });

  it('meet conditional value at risk, of two assets at once', () => {
    const wanted = [0.025, 0.024];
    const { probabilities: q } = poolMarketViews(
      scenarios,
      wanted.map((value, asset) => ({
        ...{ kind: 'conditional-value-at-risk' as const, name: `tail ${asset}`, asset, value },
        level: 0.95,
      })),
    );
    wanted.forEach((value, asset) => {
      const losses = column(asset).map((r) => -r);
      // The least of eta + E[(loss - eta)+]/(1 - level), over every loss as eta.
      let least = Number.POSITIVE_INFINITY;
      for (const eta of losses) {
        let excess = 0;
        losses.forEach((loss, t) => {
          excess += q[t] * Math.max(0, loss - eta);
        });
        least = Math.min(least, eta + excess / 0.05);
      }
      expect(least).toBeCloseTo(value, 7);
    });
  });

  it('refuse a loss beyond the worst scenario and an asset that is not there', () => {
    const view = { name: 'x', value: 0.5, level: 0.95 };
    expect(() =>
      poolMarketViews(scenarios, [{ ...view, kind: 'conditional-value-at-risk', asset: 0 }]),
    ).toThrow(/below the worst scenario/);
    expect(() =>
      poolMarketViews(scenarios, [{ ...view, kind: 'value-at-risk', side: 'equal', asset: 3 }]),
    ).toThrow(/there are 3/);
  });
});

describe('opinion pooling', () => {
  const prior = Float64Array.of(0.5, 0.5, 0);
  const certain = { probabilities: Float64Array.of(0, 0.5, 0.5), share: 0.5 };

  it('averages, or lets one opinion veto a scenario', () => {
    expect([...opinionPooling(prior, [certain], 'linear')]).toEqual([0.25, 0.5, 0.25]);
    expect([...opinionPooling(prior, [certain], 'logarithmic')]).toEqual([0, 1, 0]);
  });

  it('refuses shares beyond the whole and opinions that exclude each other', () => {
    expect(() => opinionPooling(prior, [certain, { ...certain, share: 0.6 }], 'linear')).toThrow(
      /at most 1/,
    );
    const opposite = { probabilities: Float64Array.of(0, 0, 1), share: 0.5 };
    expect(() => opinionPooling(prior, [opposite], 'logarithmic')).toThrow(/rule out/);
  });
});
