import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { pricePanel } from '../panel.ts';
import { randomSource } from '../random.ts';
import { covarianceReport } from './covariance-report.ts';
import { monotoneCovariance } from './monotone-covariance.ts';
import { pairwiseCovariance } from './pairwise-covariance.ts';
import { sampleCovariance } from './sample-covariance.ts';
import { unequalReturns } from './unequal-returns.ts';

const symbols = (n: number) => Array.from({ length: n }, (_, j) => `A${j}`);

/** Returns with a common factor; column j is NaN before starts[j]. */
function draw(seed: number, rows: number, starts: readonly number[]): Float64Array {
  const random = randomSource(seed);
  const n = starts.length;
  const x = new Float64Array(rows * n);
  for (let t = 0; t < rows; t++) {
    const market = random.normal();
    for (let j = 0; j < n; j++) {
      const value = 0.001 * j + 0.01 * (0.6 * market + random.normal());
      x[t * n + j] = t < starts[j] ? Number.NaN : value;
    }
  }
  return x;
}

const cases = fc.record({
  seed: fc.integer(),
  starts: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 6 }),
});

const thrown = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return error;
  }
  throw new Error('nothing was refused');
};

describe('the pairwise covariance', () => {
  it('is the sample covariance of the days both assets have', () => {
    fc.assert(
      fc.property(cases, ({ seed, starts }) => {
        const n = starts.length;
        const x = draw(seed, 70, starts);
        const { covariance, fewest } = pairwiseCovariance(x, symbols(n), { repair: false });
        expect(fewest).toBe(70 - Math.max(...starts));
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            const from = Math.max(starts[i], starts[j]);
            const both = Float64Array.from({ length: 2 * (70 - from) }, (_, at) => {
              return x[(from + (at >> 1)) * n + (at & 1 ? j : i)];
            });
            expect(covariance[i * n + j]).toBeCloseTo(sampleCovariance(both, 2)[1], 14);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('weighs recent days by a decay, over the weight of the common days', () => {
    const starts = [0, 7, 20];
    const x = draw(4, 50, starts);
    const { covariance } = pairwiseCovariance(x, symbols(3), { decay: { span: 15 } });
    const means = starts.map((start, j) => {
      let sum = 0;
      for (let t = start; t < 50; t++) sum += x[t * 3 + j];
      return sum / (50 - start);
    });
    let top = 0;
    let bottom = 0;
    for (let t = 20; t < 50; t++) {
      const weight = (1 - 2 / 16) ** (49 - t);
      top += weight * (x[t * 3 + 1] - means[1]) * (x[t * 3 + 2] - means[2]);
      bottom += weight;
    }
    expect(covariance[1 * 3 + 2]).toBeCloseTo(top / bottom, 14);
  });

  it('is mended and says so when pairs contradict each other, with the same variances', () => {
    // A and B agree early on; B and C, and then A and C, show the opposite over the last days.
    const rows = 40;
    const random = randomSource(5);
    const x = new Float64Array(rows * 3).fill(Number.NaN);
    for (let t = 0; t < rows; t++) {
      const wave = Math.sin(t) + 0.01 * random.normal();
      x[t * 3] = wave;
      x[t * 3 + 1] = t < 35 ? wave : -wave;
      if (t >= 35) x[t * 3 + 2] = wave;
    }
    const raw = pairwiseCovariance(x, symbols(3), { repair: false }).covariance;
    expect(covarianceReport(raw, 3).semidefinite).toBe(false);
    const { covariance, repairs } = pairwiseCovariance(x, symbols(3));
    expect(covarianceReport(covariance, 3).semidefinite).toBe(true);
    expect(repairs.length).toBe(1);
    expect(repairs[0]).toMatch(/contradicted each other .*smallest eigenvalue -0\./);
    for (let i = 0; i < 3; i++) expect(covariance[4 * i]).toBeCloseTo(raw[4 * i], 14);
  });
});

describe('the monotone covariance', () => {
  it('is the sample covariance when all histories are equal', () => {
    const x = draw(8, 60, [0, 0, 0, 0]);
    const plain = sampleCovariance(x, 4);
    const { covariance, means } = monotoneCovariance(x, symbols(4));
    covariance.forEach((value, at) => {
      expect(value).toBeCloseTo(plain[at], 15);
    });
    expect(means[2]).toBeCloseTo(
      x.reduce((sum, v, at) => sum + (at % 4 === 2 ? v : 0), 0) / 60,
      15,
    );
  });

  it('is where expectation-maximisation stands still: the likeliest under normality', () => {
    fc.assert(
      fc.property(cases, ({ seed, starts }) => {
        starts[0] = 0;
        const n = starts.length;
        const x = draw(seed, 70, starts);
        const { means, covariance } = monotoneCovariance(x, symbols(n), {
          divisor: 'observations',
        });
        const next = expectationMaximisation(x, n, means, covariance);
        for (let i = 0; i < n; i++) {
          expect(Math.abs(next.means[i] - means[i])).toBeLessThan(1e-12);
          for (let j = 0; j < n; j++)
            expect(Math.abs(next.covariance[i * n + j] - covariance[i * n + j])).toBeLessThan(
              1e-13,
            );
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is positive semidefinite where the pairs contradict each other', () => {
    fc.assert(
      fc.property(cases, ({ seed, starts }) => {
        const x = draw(seed, 55, starts);
        const { covariance } = monotoneCovariance(x, symbols(starts.length));
        expect(covarianceReport(covariance, starts.length).semidefinite).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses an asset with too few days for the older ones, by name', () => {
    const error = thrown(() => monotoneCovariance(draw(2, 30, [0, 0, 0, 27]), symbols(4)));
    expect([error.code, error.values.asset, error.values.least]).toEqual([
      'short-history',
      'A3',
      5,
    ]);
    const twice = draw(2, 30, [0, 0, 10]).map((value, at, all) =>
      at % 3 === 1 ? all[at - 1] : value,
    );
    expect(thrown(() => monotoneCovariance(twice, symbols(3))).code).toBe('not-psd');
  });

  it('refuses a gap inside a history', () => {
    const x = draw(2, 30, [0, 5]);
    x[20 * 2 + 1] = Number.NaN;
    for (const estimate of [monotoneCovariance, pairwiseCovariance]) {
      const error = thrown(() => estimate(x, ['SPY', 'EFA']));
      expect([error.code, error.values.asset, error.values.row]).toEqual(['bad-input', 'EFA', 20]);
    }
  });
});

describe('returns of unequal histories', () => {
  const panel = (() => {
    const prices = new Float64Array(20 * 3).fill(Number.NaN);
    const random = randomSource(3);
    [0, 6, 15].forEach((first, j) => {
      for (let t = first; t < 20; t++) prices[t * 3 + j] = 100 * Math.exp(0.1 * random.normal());
    });
    const days = Int32Array.from({ length: 20 }, (_, t) => 18_000 + t);
    return pricePanel(['OLD', 'MID', 'NEW'], days, prices);
  })();

  it('start where each asset does, and name the one left out', () => {
    const found = unequalReturns(panel, { lookback: 16, minimumHistory: 5 });
    expect(found.assets).toEqual(['OLD', 'MID']);
    expect(found.dropped[0]).toEqual({
      asset: 'NEW',
      reason: 'only 4 days of returns where 5 are needed',
    });
    expect([found.rows, ...found.firstRow]).toEqual([16, 0, 3]);
    expect(found.returns[2 * 2 + 1]).toBeNaN();
    expect(found.returns[3 * 2 + 1]).toBe(panel.prices[7 * 3 + 1] / panel.prices[6 * 3 + 1] - 1);
    expect(found.days[15]).toBe(18_019);
  });

  it('refuse what cannot be served', () => {
    expect(thrown(() => unequalReturns(panel, { lookback: 1 })).code).toBe('bad-input');
    expect(thrown(() => unequalReturns(panel, { lookback: 9, assets: ['XYZ'] })).message).toContain(
      'XYZ',
    );
    expect(thrown(() => unequalReturns(panel, { lookback: 100 })).code).toBe('short-history');
  });
});

/** One round of EM for normal returns of which some are missing. */
function expectationMaximisation(
  x: Float64Array,
  n: number,
  means: Float64Array,
  covariance: Float64Array,
) {
  const rows = x.length / n;
  const whole = Matrix.from1DArray(n, n, covariance);
  const filled = Matrix.zeros(rows, n);
  const missingProducts = Matrix.zeros(n, n);
  for (let t = 0; t < rows; t++) {
    const seen = symbols(n).flatMap((_, j) => (Number.isNaN(x[t * n + j]) ? [] : [j]));
    const unseen = symbols(n).flatMap((_, j) => (Number.isNaN(x[t * n + j]) ? [j] : []));
    for (const j of seen) filled.set(t, j, x[t * n + j]);
    if (unseen.length === 0) continue;
    const slopes = whole.selection(unseen, seen).mmul(inverse(whole.selection(seen, seen)));
    const gaps = Matrix.columnVector(seen.map((j) => x[t * n + j] - means[j]));
    const guesses = slopes.mmul(gaps);
    const left = Matrix.sub(
      whole.selection(unseen, unseen),
      slopes.mmul(whole.selection(seen, unseen)),
    );
    unseen.forEach((j, a) => {
      filled.set(t, j, means[j] + guesses.get(a, 0));
      unseen.forEach((k, b) => {
        missingProducts.set(j, k, missingProducts.get(j, k) + left.get(a, b));
      });
    });
  }
  const nextMeans = filled.mean('column');
  const centred = filled.subRowVector(nextMeans);
  const products = centred.transpose().mmul(centred).add(missingProducts).div(rows);
  return { means: nextMeans, covariance: products.to1DArray() };
}
