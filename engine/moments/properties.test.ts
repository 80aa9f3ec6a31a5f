import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../random.ts';
import { covarianceReport } from './covariance-report.ts';
import { denoisedCovariance } from './denoised-covariance.ts';
import { exponentialCovariance } from './exponential-covariance.ts';
import { gerberCovariance } from './gerber-covariance.ts';
import { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.ts';
import { ledoitWolfIdentity } from './ledoit-wolf-identity.ts';
import { ledoitWolfSingleFactor } from './ledoit-wolf-single-factor.ts';
import { monotoneCovariance } from './monotone-covariance.ts';
import { oracleApproximating } from './oracle-approximating.ts';
import { pairwiseCovariance } from './pairwise-covariance.ts';
import { sampleCovariance } from './sample-covariance.ts';
import { semicovariance } from './semicovariance.ts';

const symbols = (n: number) => Array.from({ length: n }, (_, j) => `A${j}`);

/** Every estimator on complete returns: its covariance and, where it shrinks, how much. */
const estimators: Record<
  string,
  (x: Float64Array, n: number) => { covariance: Float64Array; intensity?: number }
> = {
  sample: (x, n) => ({ covariance: sampleCovariance(x, n) }),
  'exponential around its mean': (x, n) => ({ covariance: exponentialCovariance(x, n, 30) }),
  'exponential around zero': (x, n) => ({
    covariance: exponentialCovariance(x, n, { span: 20 }, { around: 'zero' }),
  }),
  'Ledoit-Wolf to identity': ledoitWolfIdentity,
  'Ledoit-Wolf to a single factor': (x, n) => ledoitWolfSingleFactor(x, n),
  'Ledoit-Wolf to constant correlation': (x, n) => ledoitWolfConstantCorrelation(x, n),
  'oracle approximating': oracleApproximating,
  denoised: (x, n) => denoisedCovariance(x, symbols(n)),
  detoned: (x, n) => denoisedCovariance(x, symbols(n), { detoned: Math.min(1, n - 1) }),
  Gerber: (x, n) => gerberCovariance(x, symbols(n)),
  'semicovariance around zero': (x, n) => ({ covariance: semicovariance(x, n) }),
  'semicovariance around the mean': (x, n) => ({
    covariance: semicovariance(x, n, { around: 'mean' }),
  }),
  pairwise: (x, n) => pairwiseCovariance(x, symbols(n)),
  monotone: (x, n) => monotoneCovariance(x, symbols(n)),
};

/** Returns with a common factor and unequal volatilities. */
function draw(seed: number, rows: number, n: number): Float64Array {
  const random = randomSource(seed);
  const x = new Float64Array(rows * n);
  for (let t = 0; t < rows; t++) {
    const market = random.normal();
    for (let j = 0; j < n; j++)
      x[t * n + j] = 0.0003 + 0.01 * (1 + (j % 3)) * (0.5 * market + random.normal());
  }
  return x;
}

const shapes = fc.record({
  seed: fc.integer(),
  n: fc.integer({ min: 1, max: 9 }),
  rows: fc.integer({ min: 4, max: 80 }),
});

describe.each(Object.entries(estimators))('the %s covariance', (name, estimate) => {
  it('is symmetric to the bit and positive semidefinite, and shrinks by a share', () => {
    fc.assert(
      fc.property(shapes, ({ seed, n, rows }) => {
        const { covariance, intensity = 0 } = estimate(draw(seed, rows, n), n);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) expect(covariance[i * n + j]).toBe(covariance[j * n + i]);
        expect(covarianceReport(covariance, n).semidefinite).toBe(true);
        expect(intensity).toBeGreaterThanOrEqual(0);
        expect(intensity).toBeLessThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
  });

  it('grows with the square of the returns', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0.1, max: 30, noNaN: true }), ({ seed, n, rows }, c) => {
        const x = draw(seed, rows, n);
        const plain = estimate(x, n).covariance;
        const grown = estimate(
          x.map((value) => c * value),
          n,
        ).covariance;
        const scale = c * c * Math.max(...plain);
        for (let at = 0; at < plain.length; at++)
          expect(Math.abs(grown[at] - c * c * plain[at])).toBeLessThan(1e-10 * scale);
      }),
      { numRuns: 20 },
    );
  });

  it('does not depend on the order of assets', () => {
    fc.assert(
      fc.property(shapes, ({ seed, n, rows }) => {
        const x = draw(seed, rows, n);
        const order = Array.from({ length: n }, (_, j) => (j + 1 + (seed & 1)) % n);
        const moved = x.map((_, at) => x[Math.floor(at / n) * n + order[at % n]]);
        const plain = estimate(x, n).covariance;
        const permuted = estimate(moved, n).covariance;
        const scale = Math.max(...plain);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++)
            expect(
              Math.abs(permuted[i * n + j] - plain[order[i] * n + order[j]]),
              `${name} ${i} ${j}`,
            ).toBeLessThan(1e-10 * scale);
      }),
      { numRuns: 20 },
    );
  });

  it('has the same bits the second time', () => {
    const x = draw(7, 60, 7);
    expect(estimate(x, 7).covariance).toEqual(estimate(x.slice(), 7).covariance);
  });
});
