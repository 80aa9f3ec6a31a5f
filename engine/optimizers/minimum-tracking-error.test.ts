import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../random.ts';
import { limitedTo, measured, randomProblem } from './limits/random-problem.fixture.ts';
import { minimumTrackingError, trackingErrorOf } from './minimum-tracking-error.ts';

describe('minimum tracking error', () => {
  it('holds the benchmark itself where the limits allow it', () => {
    const problem = limitedTo(randomProblem(1, 6, { costs: false }), { linear: [] });
    const { weights, binding } = minimumTrackingError(problem);
    expect(Math.max(...weights.map((w, i) => Math.abs(w - problem.benchmark![i])))).toBeLessThan(
      1e-9,
    );
    expect(binding).toEqual([]);
  });

  it('tracks no worse than any other portfolio within the limits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const random = randomSource(seed);
        const n = 5;
        const problem = limitedTo(randomProblem(seed, n, { costs: false }), {
          upper: Float64Array.from({ length: n }, () => 0.15 + 0.3 * random.uniform()),
          linear: [],
        });
        if (problem.limits.upper.reduce((sum, v) => sum + v, 0) < 1.01) return;
        const { weights, residual } = minimumTrackingError(problem);
        expect(residual).toBeLessThan(1e-8);
        const best = measured.trackingError(problem, weights);
        expect(trackingErrorOf(problem, weights)).toBeCloseTo(best, 12);
        for (let trial = 0; trial < 100; trial++) {
          const i = random.integer(n);
          const j = random.integer(n);
          const other = weights.slice();
          const step = 0.05 * random.uniform();
          other[i] += step;
          other[j] -= step;
          if (other[i] > problem.limits.upper[i] || other[j] < 0) continue;
          expect(measured.trackingError(problem, other)).toBeGreaterThanOrEqual(best - 1e-10);
        }
      }),
      { seed: 81, numRuns: 40 },
    );
  });

  it('stays where it is when trading costs more than tracking better is worth', () => {
    const problem = randomProblem(3, 5);
    const current = Float64Array.from(
      problem.benchmark!,
      (b, i) => b + (i === 0 ? 0.001 : i === 1 ? -0.001 : 0),
    );
    const costly = { ...problem, current, tradingCosts: new Float64Array(5).fill(0.01) };
    expect(minimumTrackingError(costly).tradingCost).toBeLessThan(1e-12);
    expect(
      minimumTrackingError({ ...costly, tradingCosts: new Float64Array(5) }).weights,
    ).not.toEqual(current);
  });

  it('asks for the benchmark', () => {
    const { benchmark: _, ...problem } = randomProblem(1, 4);
    expect(() => minimumTrackingError(problem)).toThrow(/set benchmark/);
    expect(() => minimumTrackingError({ ...problem, benchmark: Float64Array.of(1) })).toThrow(
      /one weight for each of the 4 assets/,
    );
  });
});
