import fc from 'fast-check';
import { expect, it } from 'vitest';
import { criticalInterval, heldAnswer } from './critical-interval.ts';
import { limitedTo, randomProblem } from './limits/random-problem.fixture.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import type { Problem } from './problem.ts';

const moved = (problem: Problem, asset: number, move: number): Float64Array =>
  meanVarianceUtility({
    ...problem,
    expectedReturns: problem.expectedReturns.map((r, i) => (i === asset ? r + move : r)),
  }).weights;

const distance = (a: Float64Array, b: Float64Array) =>
  Math.max(...a.map((v, i) => Math.abs(v - b[i])));

it('weights move on the line it says within a critical interval, and leave it beyond', () => {
  let ends = 0;
  let moving = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
      const base = randomProblem(seed, 6, { costs: seed % 2 === 0 });
      const problem = limitedTo(base, { upper: new Float64Array(6).fill(0.45) });
      const held = heldAnswer(problem);
      const { x } = held.solution;
      for (let asset = 0; asset < 6; asset++) {
        const interval = criticalInterval(held, asset);
        if (interval === null) continue;
        const { from, to, slope } = interval;
        const line = (move: number) => x.map((v, i) => v + move * slope[i]);
        for (const end of [Math.max(from, -0.3), Math.min(to, 0.3)]) {
          for (const share of [0.3, 0.99])
            expect(distance(moved(problem, asset, share * end), line(share * end))).toBeLessThan(
              1e-8,
            );
          if (Math.abs(end) === 0.3 || Math.abs(end) < 1e-6) continue;
          ends++;
          const beyond = end + Math.sign(end) * 0.003;
          expect(distance(moved(problem, asset, beyond), line(beyond))).toBeGreaterThan(1e-7);
        }
        if (slope.some((v) => v !== 0)) moving++;
      }
    }),
    { seed: 95, numRuns: 25 },
  );
  expect(ends).toBeGreaterThan(100);
  expect(moving).toBeGreaterThan(30);
});
