import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { symmetricEigen } from '../linalg/eigen.ts';
import { randomSource } from '../random.ts';
import { checkReturns } from './check-returns.ts';
import { covarianceReport } from './covariance-report.ts';
import { gerberCovariance } from './gerber-covariance.ts';
import { nearestCorrelation } from './nearest-correlation.ts';
import { nearestCovariance } from './nearest-covariance.ts';

function thrown(run: () => unknown): EngineError {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return error;
  }
  throw new Error('nothing was refused');
}

/** Correlations typed without regard to each other. */
function contradicting(seed: number, n: number): Float64Array {
  const random = randomSource(seed);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      matrix[i * n + j] = Math.tanh(random.normal());
      matrix[j * n + i] = matrix[i * n + j];
    }
    matrix[i * n + i] = 1;
  }
  return matrix;
}

describe('the nearest correlation', () => {
  it('meets the conditions of the nearest: what was added is positive and orthogonal to it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 10 }), (seed, n) => {
        const matrix = contradicting(seed, n);
        const { correlation } = nearestCorrelation(matrix, n);
        expect(covarianceReport(correlation, n).smallestEigenvalue).toBeGreaterThan(-1e-14 * n);
        // X is nearest when X - A - diag(y) is positive semidefinite and its product with X is 0.
        const added = correlation.map((value, at) => value - matrix[at]);
        for (let i = 0; i < n; i++) {
          expect(correlation[i * n + i]).toBe(1);
          let y = 0;
          for (let k = 0; k < n; k++)
            y += (correlation[i * n + k] - matrix[i * n + k]) * correlation[k * n + i];
          added[i * n + i] -= y;
        }
        expect(symmetricEigen(added, n).values[0]).toBeGreaterThan(-1e-9);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            let product = 0;
            for (let k = 0; k < n; k++) product += added[i * n + k] * correlation[k * n + j];
            expect(Math.abs(product)).toBeLessThan(1e-9);
          }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves a correlation as it is, to the bit, and reports nothing', () => {
    const matrix = Float64Array.of(1, 0.3, 0.3, 1);
    const found = nearestCorrelation(matrix, 2);
    expect(found).toEqual({ correlation: matrix, largestChange: 0, iterations: 0, repairs: [] });
  });

  it('refuses what is not symmetric or not finite, with the place', () => {
    const error = thrown(() => nearestCorrelation(Float64Array.of(1, 0.3, 0.2, 1), 2));
    expect([error.code, error.values.row, error.values.column]).toEqual(['bad-input', 1, 0]);
    expect(
      thrown(() => nearestCorrelation(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2)).code,
    ).toBe('bad-input');
    expect(thrown(() => nearestCorrelation(new Float64Array(5), 2)).code).toBe('bad-input');
  });
});

describe('the nearest covariance', () => {
  it('keeps the variances, or is nearest in all entries, and says what it did', () => {
    const matrix = Float64Array.of(4, -3, 2.4, -3, 3, 2, 2.4, 2, 2);
    expect(covarianceReport(matrix, 3).semidefinite).toBe(false);
    const kept = nearestCovariance(matrix, 3);
    const freed = nearestCovariance(matrix, 3, 'nothing');
    const distance = (to: Float64Array) => Math.hypot(...to.map((v, at) => v - matrix[at]));
    for (const { covariance, repairs } of [kept, freed]) {
      expect(covarianceReport(covariance, 3).semidefinite).toBe(true);
      expect(repairs.length).toBe(1);
      expect(repairs[0]).toContain('eigenvalue');
    }
    for (const at of [0, 4, 8]) expect(kept.covariance[at]).toBeCloseTo(matrix[at], 12);
    // Nearest in all entries: as far away as the negative eigenvalues are large.
    const negative = symmetricEigen(matrix, 3).values.filter((value) => value < 0);
    expect(distance(freed.covariance)).toBeCloseTo(Math.hypot(...negative), 12);
    expect(distance(freed.covariance)).toBeLessThan(distance(kept.covariance));
  });

  it('leaves a covariance as it is, singular or not', () => {
    const singular = Float64Array.of(1, 2, 2, 4);
    expect(nearestCovariance(singular, 2)).toEqual({ covariance: singular, repairs: [] });
    const error = thrown(() =>
      nearestCovariance(Float64Array.of(0, 1, 1, 4), 2, 'variances', ['CASH', 'SPY']),
    );
    expect([error.code, error.values.asset]).toEqual(['zero-variance', 'CASH']);
  });
});

describe('the report of a covariance', () => {
  it('says condition number, rank and definiteness', () => {
    const diagonal = Float64Array.of(4, 0, 0, 0, 1, 0, 0, 0, 0.5);
    expect(covarianceReport(diagonal, 3)).toEqual({
      smallestEigenvalue: 0.5,
      largestEigenvalue: 4,
      conditionNumber: 8,
      semidefinite: true,
      rank: 3,
    });
    const singular = covarianceReport(Float64Array.of(1, 1, 1, 1), 2);
    expect([singular.rank, singular.conditionNumber, singular.semidefinite]).toEqual([
      1,
      Number.POSITIVE_INFINITY,
      true,
    ]);
    expect(covarianceReport(Float64Array.of(1, 2, 2, 1), 2).semidefinite).toBe(false);
  });
});

describe('returns that cannot be used', () => {
  const good = Float64Array.of(0.01, 0.02, 0.03, -0.02, 0.02, 0.05, 0.01, -0.03, 0.02);
  const names = ['SPY', 'AGG', 'EFA'];
  const but = (change: (value: number, row: number, column: number) => number) =>
    good.map((value, at) => change(value, Math.floor(at / 3), at % 3));

  it('are each refused for their own reason, with the offending values', () => {
    expect(() => checkReturns(good, names)).not.toThrow();
    const short = thrown(() => checkReturns(good, names, 60));
    expect([short.code, short.values.observations, short.values.least]).toEqual([
      'short-history',
      3,
      60,
    ]);
    const gap = thrown(() =>
      checkReturns(
        but((v, t, j) => (t === 1 && j === 2 ? Number.NaN : v)),
        names,
      ),
    );
    expect([gap.code, gap.values.asset, gap.values.row]).toEqual(['bad-input', 'EFA', 1]);
    const still = thrown(() =>
      checkReturns(
        but((v, _, j) => (j === 1 ? 0.01 : v)),
        names,
      ),
    );
    expect([still.code, still.values.asset]).toEqual(['zero-variance', 'AGG']);
    const twice = thrown(() =>
      checkReturns(
        but((v, t, j) => (j === 2 ? good[t * 3] : v)),
        names,
      ),
    );
    expect([twice.code, twice.values.groups]).toEqual(['duplicate-asset', [['SPY', 'EFA']]]);
    expect(twice.message).toContain('SPY and EFA are the same on every day');
  });

  it('are refused by Gerber when the threshold is none or is never passed', () => {
    expect(thrown(() => gerberCovariance(good, names, 1.5)).code).toBe('bad-input');
    // Every move is of one size, a hair less than the unbiased deviation.
    const tiny = Float64Array.from({ length: 60 }, (_, t) => (t % 2 === 0 ? 1 : -1) * 1e-5);
    expect(() => gerberCovariance(tiny, ['A'], 1)).toThrow('No return of A passes');
  });
});
