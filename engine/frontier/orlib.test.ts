import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../optimizers/problem.ts';
import { targetReturn } from '../optimizers/target-return.ts';
import { atReturn, efficientFrontier } from './efficient-frontier.ts';

const folder = new URL('../../../shared/market/benchmarks/orlib/', import.meta.url);

/** Rows of numbers without the heading. */
function numbers(name: string): number[][] {
  const bytes = readFileSync(new URL(name, folder));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
}

function problemOf(port: number): Problem {
  const moments = numbers(`port${port}_mean_sd.csv`);
  const n = moments.length;
  const covariance = new Float64Array(n * n);
  for (const [i, j, correlation] of numbers(`port${port}_correlation_ijr.csv.gz`)) {
    const value = correlation * moments[i - 1][1] * moments[j - 1][1];
    covariance[(i - 1) * n + j - 1] = value;
    covariance[(j - 1) * n + i - 1] = value;
  }
  return {
    assets: moments.map((_, i) => `A${i}`),
    expectedReturns: Float64Array.from(moments, ([mean]) => mean),
    covariance,
    riskFree: 0,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
  };
}

/** Largest relative difference from the published variances, rounded to ten decimals there. */
function worst(points: readonly number[][], varianceAt: (mean: number) => number): number {
  return points.reduce(
    (most, [mean, variance]) => Math.max(most, Math.abs(varianceAt(mean) - variance) / variance),
    0,
  );
}

// Skipped without ../shared: it holds the published frontiers (Chang et al. 2000, OR-Library).
describe.skipIf(!existsSync(folder))('the OR-Library frontiers', () => {
  for (const port of [1, 2, 3]) {
    it(`port${port}: all 2,000 points by the critical line`, () => {
      const problem = problemOf(port);
      const points = numbers(`portef${port}_frontier.csv.gz`);
      expect(points.length).toBe(2_000);
      const frontier = efficientFrontier(problem);
      const gap = worst(points, (mean) => atReturn(problem, frontier, mean).volatility ** 2);
      console.log(`port${port}: ${frontier.corners.length} corners, worst ${gap.toExponential(1)}`);
      expect(gap).toBeLessThan(1e-6);
    });

    it(`port${port}: all 2,000 points by the quadratic program`, () => {
      const problem = problemOf(port);
      const points = numbers(`portef${port}_frontier.csv.gz`);
      const gap = worst(
        points,
        (mean) => targetReturn({ ...problem, targetReturn: mean }).volatility ** 2,
      );
      expect(gap).toBeLessThan(1e-6);
    });
  }
});
