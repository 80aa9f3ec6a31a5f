import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../trials/quadratic/checker.ts';
import { randomSource } from '../random.ts';
import { leap } from './leap.ts';
import { prepare } from './prepared.ts';
import { solveQuadraticProgram } from './solve.ts';

/** Portfolios that may be short within a band, so that most weights end up free; some with group limits. */
function longShort(seed: number) {
  const random = randomSource(seed);
  const n = 40 + random.integer(60);
  const beta = Float64Array.from({ length: n }, () => 0.15 * (1 + 0.4 * random.normal()));
  const quadratic = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) quadratic[i * n + j] = beta[i] * beta[j];
    quadratic[i * n + i] += (0.1 + 0.3 * random.uniform()) ** 2;
  }
  const band = 2 / n + 0.2 * random.uniform();
  return {
    names: Array.from({ length: n }, (_, i) => `A${i}`),
    quadratic,
    linear: Float64Array.from({ length: n }, () => 0.005 * random.normal()),
    lower: new Float64Array(n).fill(-band),
    upper: new Float64Array(n).fill(band),
    rows: [
      { name: 'budget', coefficients: new Float64Array(n).fill(1), lower: 1, upper: 1 },
      ...Array.from({ length: random.integer(4) }, (_, r) => ({
        name: `group ${r}`,
        coefficients: Float64Array.from({ length: n }, (_, i) => (i % 5 === r ? 1 : 0)),
        lower: -0.1,
        upper: 0.1 + 0.2 * random.uniform(),
      })),
    ],
  };
}

describe('guessing the whole working set', () => {
  it('lands on the optimum, which the active set then only confirms', () => {
    let settled = 0;
    let steps = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const program = longShort(seed);
        const guess = leap(prepare(program), new Float64Array(program.names.length));
        const solution = solveQuadraticProgram(program);
        const { gap, infeasibility, stationarity } = judge(program, solution);
        expect(Math.max(gap, infeasibility, stationarity)).toBeLessThan(1e-12);
        if (guess === null) return;
        settled++;
        steps = Math.max(steps, solution.iterations);
        for (let i = 0; i < solution.x.length; i++)
          expect(Math.abs(guess.x[i] - solution.x[i])).toBeLessThan(1e-6);
      }),
      { numRuns: 60 },
    );
    expect(settled).toBeGreaterThan(50);
    expect(steps).toBeLessThan(20);
  });

  it('is not tried where most weights are held at 0, and costs of moving are left to the active set', () => {
    const program = longShort(1);
    const n = program.names.length;
    const zero = new Float64Array(n);
    expect(leap(prepare({ ...program, lower: zero }), zero)).toBeNull();
    const kinks = { at: zero, slope: new Float64Array(n).fill(0.001) };
    expect(leap(prepare({ ...program, kinks }), zero)).toBeNull();
    expect(solveQuadraticProgram({ ...program, kinks }).residual).toBeLessThan(1e-12);
  });

  it('is made from halfway when a portfolio never short turns out to hold much', () => {
    const n = 150;
    const program = {
      ...longShort(2),
      names: Array.from({ length: n }, (_, i) => `A${i}`),
      quadratic: Float64Array.from({ length: n * n }, (_, at) =>
        at % (n + 1) === 0 ? 0.04 : 0.001,
      ),
      linear: new Float64Array(n),
      lower: new Float64Array(n),
      upper: new Float64Array(n).fill(1),
      rows: [{ name: 'budget', coefficients: new Float64Array(n).fill(1), lower: 1, upper: 1 }],
    };
    const solution = solveQuadraticProgram(program);
    expect(judge(program, solution).gap).toBeLessThan(1e-14);
    for (const w of solution.x) expect(w).toBeCloseTo(1 / n, 12);
    expect(solution.iterations).toBeLessThan(100);
  });
});
