import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../errors.ts';
import { randomSource } from '../random.ts';
import type { NamedRow, QuadraticProgram } from './quadratic-program.ts';
import { solveQuadraticProgram } from './solve.ts';

/**
 * A portfolio program full of ties: cash without variance, twins, fewer factors than assets, weights
 * on a grid so that limits meet in one point, kinks on bounds, repeated rows.
 */
function degenerate(seed: number): QuadraticProgram {
  const random = randomSource(seed);
  const pick = <T>(...choices: T[]): T => choices[random.integer(choices.length)];
  const n = 2 + random.integer(random.uniform() < 0.1 ? 40 : 14);
  const factors = pick(0, 1, 2, n, 2 * n);
  const loadings = Array.from({ length: factors }, () =>
    Float64Array.from({ length: n }, () => random.normal() * pick(0.01, 0.1, 0.3)),
  );
  for (let i = 1; i < n; i++) {
    const kind = random.uniform();
    if (kind < 0.15) for (const one of loadings) one[i] = 0;
    else if (kind < 0.3) for (const one of loadings) one[i] = one[i - 1];
  }
  const quadratic = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      quadratic[i * n + j] = loadings.reduce((total, one) => total + one[i] * one[j], 0);
  }
  const size = pick(0, 0.01, 1, 30);
  const linear = Float64Array.from({ length: n }, () => size * pick(0, -1, random.normal()));
  const grid = () => random.integer(11) / 10;
  const lower = Float64Array.from({ length: n }, () => pick(0, 0, 0, grid() / n, -1, -Infinity));
  const upper = lower.map((low) => Math.max(low, pick(1, 1, grid(), Math.max(low, 0), 1.5)));
  const at = Float64Array.from({ length: n }, (_, i) => pick(0, grid(), lower[i], upper[i])).map(
    (value) => (Number.isFinite(value) ? value : 0),
  );
  const slope = Float64Array.from({ length: n }, () => pick(0, 0.001, 0.001, 0.05));
  const all = new Float64Array(n).fill(1);
  const rows: NamedRow[] = [{ name: 'budget', coefficients: all, lower: 1, upper: 1 }];
  const count = random.integer(7);
  for (let r = 0; r < count; r++) {
    const kind = random.uniform();
    const coefficients =
      kind < 0.15
        ? rows[random.integer(rows.length)].coefficients
        : Float64Array.from({ length: n }, () => pick(0, 1));
    const low = pick(-Infinity, grid(), grid() / 2, 1);
    rows.push({
      name: `row ${r}`,
      coefficients,
      lower: low,
      upper: Math.max(low, pick(1, grid(), Infinity)),
    });
  }
  const names = Array.from({ length: n }, (_, i) => `A${i}`);
  const kinks = random.uniform() < 0.6 ? { at, slope } : undefined;
  return { names, quadratic, linear, lower, upper, rows, ...(kinks && { kinks }) };
}

describe('degenerate programs', () => {
  it('solves or refuses every one, from a cold and from a warm start alike', () => {
    let solved = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: -100, max: 100 }).map((hundredths) => hundredths / 100),
        (seed, tilt) => {
          const program = degenerate(seed);
          try {
            const cold = solveQuadraticProgram(program);
            solved++;
            const tilted = { ...program, linear: program.linear.map((c, i) => c + tilt * (i % 3)) };
            const warm = solveQuadraticProgram(tilted, { warm: cold.workingSet });
            const again = solveQuadraticProgram(tilted);
            expect(warm.objective).toBeCloseTo(again.objective, 9);
          } catch (error) {
            if (error instanceof EngineError && error.code === 'unbounded') return;
            if (!(error instanceof Infeasible)) throw error;
            refused++;
            expect(error.conflicts.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 1500, seed: 22 },
    );
    console.log(`${solved} solved, ${refused} refused (seed 22)`);
    expect(solved).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(100);
  });
});
